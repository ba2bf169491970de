package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** What every call of one vendor passes first: counted, logged, and misbehaving when told to. */
final class CallGate implements Handler<RoutingContext> {
  private static final Logger LOG = Logger.getLogger("org.solarrelay.sandbox");
  private static final int LONGEST_DELAY = 600_000;
  private static final int UNPROCESSABLE = 422;

  private final String vendor;
  private long calls;
  private int delayMillis;
  private int status;
  private String refused = "";

  CallGate(String vendor) {
    this.vendor = vendor;
  }

  @Override
  public void handle(RoutingContext call) {
    calls++;
    call.addEndHandler(ended -> log(call));
    if (delayMillis > 0) {
      // the body has been read: nothing of the call is lost while it waits
      call.vertx().setTimer(delayMillis, waited -> answer(call));
    } else {
      answer(call);
    }
  }

  /**
   * @param behaviour {@code delayMillis} before each answer, {@code status} instead of each answer,
   *     {@code refuses} a text: calls with it in body or query are answered 422; what is absent is
   *     healed
   * @return what is wrong with it
   */
  Optional<String> misbehave(ObjectNode behaviour) {
    for (String name : (Iterable<String>) behaviour::fieldNames) {
      if (!Set.of("delayMillis", "status", "refuses").contains(name)) {
        return Optional.of("unknown field: only delayMillis, status and refuses can be set");
      }
    }
    JsonNode delay = behaviour.path("delayMillis");
    JsonNode forced = behaviour.path("status");
    if (!isAbsent(delay) && !isBetween(delay, 0, LONGEST_DELAY)) {
      return Optional.of("delayMillis must be a number from 0 to " + LONGEST_DELAY);
    }
    if (!isAbsent(forced) && !isBetween(forced, 0, 0) && !isBetween(forced, 200, 599)) {
      return Optional.of("status must be an HTTP status from 200 to 599, or 0 for none");
    }
    JsonNode text = behaviour.path("refuses");
    if (!isAbsent(text) && !text.isTextual()) {
      return Optional.of("refuses must be a text");
    }
    delayMillis = delay.asInt(0);
    refused = text.asText("");
    status = forced.asInt(0);
    return Optional.empty();
  }

  /** Calls since the start, and how the vendor behaves. */
  ObjectNode describe() {
    return SandboxResponse.JSON
        .createObjectNode()
        .put("calls", calls)
        .put("delayMillis", delayMillis)
        .put("status", status)
        .put("refuses", refused);
  }

  private void answer(RoutingContext call) {
    if (call.response().closed()) {
      return; // the caller gave up waiting
    }
    if (status != 0) {
      SandboxResponse.text(call, status, "text/plain", "The sandbox was told to answer " + status);
    } else if (isRefused(call)) {
      ObjectNode body = SandboxResponse.JSON.createObjectNode();
      body.put("error", "%s is not valid".formatted(refused));
      SandboxResponse.text(call, UNPROCESSABLE, "application/json", body.toString());
    } else {
      call.next();
    }
  }

  private boolean isRefused(RoutingContext call) {
    String body = call.body() == null ? "" : String.valueOf(call.body().asString());
    String query = String.valueOf(call.request().query());
    return !refused.isEmpty() && (body.contains(refused) || query.contains(refused));
  }

  /** Neither query nor body: the one holds the key, the other personal data. */
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

  private static boolean isBetween(JsonNode value, int least, int most) {
    return value.isInt() && value.intValue() >= least && value.intValue() <= most;
  }
}
