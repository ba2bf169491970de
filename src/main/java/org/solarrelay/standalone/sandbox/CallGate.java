package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Counts and logs every call of a vendor, and injects the configured faults. */
final class CallGate implements Handler<RoutingContext> {
  private static final Logger LOG = Logger.getLogger("org.solarrelay.sandbox");
  private static final int MAX_DELAY = 600_000;
  private static final int UNPROCESSABLE = 422;

  private final String vendor;
  private long calls;
  private int delayMillis;
  private int status;
  private String rejectedText = "";

  CallGate(String vendor) {
    this.vendor = vendor;
  }

  @Override
  public void handle(RoutingContext call) {
    calls++;
    call.addEndHandler(ended -> log(call));
    if (delayMillis > 0) {
      // the body was read already, so the delay loses nothing
      call.vertx().setTimer(delayMillis, timer -> respond(call));
    } else {
      respond(call);
    }
  }

  /**
   * Sets the faults; an absent field removes that fault.
   *
   * @param faults {@code delayMillis} before each response, {@code status} instead of each
   *     response, {@code refuses} a text: calls with it in body or query get 422
   * @return the problem with the faults; empty if they are valid
   */
  Optional<String> setFaults(ObjectNode faults) {
    for (String name : (Iterable<String>) faults::fieldNames) {
      if (!Set.of("delayMillis", "status", "refuses").contains(name)) {
        return Optional.of("unknown field: only delayMillis, status and refuses can be set");
      }
    }
    JsonNode delay = faults.path("delayMillis");
    JsonNode fixedStatus = faults.path("status");
    if (!isAbsent(delay) && !isBetween(delay, 0, MAX_DELAY)) {
      return Optional.of("delayMillis must be a number from 0 to " + MAX_DELAY);
    }
    if (!isAbsent(fixedStatus)
        && !isBetween(fixedStatus, 0, 0)
        && !isBetween(fixedStatus, 200, 599)) {
      return Optional.of("status must be an HTTP status from 200 to 599, or 0 for none");
    }
    JsonNode text = faults.path("refuses");
    if (!isAbsent(text) && !text.isTextual()) {
      return Optional.of("refuses must be a text");
    }
    delayMillis = delay.asInt(0);
    rejectedText = text.asText("");
    status = fixedStatus.asInt(0);
    return Optional.empty();
  }

  /** The number of calls since the start, and the faults. */
  ObjectNode describe() {
    return SandboxResponse.JSON
        .createObjectNode()
        .put("calls", calls)
        .put("delayMillis", delayMillis)
        .put("status", status)
        .put("refuses", rejectedText);
  }

  private void respond(RoutingContext call) {
    if (call.response().closed()) {
      return; // the client is gone
    }
    if (status != 0) {
      SandboxResponse.text(call, status, "text/plain", "The sandbox is set to respond  " + status);
    } else if (isRejected(call)) {
      ObjectNode body = SandboxResponse.JSON.createObjectNode();
      body.put("error", "%s is not valid".formatted(rejectedText));
      SandboxResponse.text(call, UNPROCESSABLE, "application/json", body.toString());
    } else {
      call.next();
    }
  }

  private boolean isRejected(RoutingContext call) {
    String body = call.body() == null ? "" : String.valueOf(call.body().asString());
    String query = String.valueOf(call.request().query());
    return !rejectedText.isEmpty() && (body.contains(rejectedText) || query.contains(rejectedText));
  }

  /** Logs without query, which has the key, and body, which has personal data. */
  private void log(RoutingContext call) {
    LOG.infof(
        "%s: %s %s %d %s",
        vendor,
        call.request().method(),
        call.request().path(),
        call.response().getStatusCode(),
        SandboxResponse.record(call));
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static boolean isBetween(JsonNode value, int min, int max) {
    return value.isInt() && value.intValue() >= min && value.intValue() <= max;
  }
}
