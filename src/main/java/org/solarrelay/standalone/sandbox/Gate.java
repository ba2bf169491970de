package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** What every call of one vendor passes first: counted, logged, and misbehaving when told to. */
final class Gate implements Handler<RoutingContext> {
  private static final Logger LOG = Logger.getLogger("org.solarrelay.sandbox");
  private static final int LONGEST_DELAY = 600_000;

  private final String vendor;
  private long calls;
  private int delayMillis;
  private int status;

  Gate(String vendor) {
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
   * @param behaviour {@code delayMillis} before each answer, {@code status} instead of each answer;
   *     what is absent is healed
   * @return what is wrong with it
   */
  Optional<String> misbehave(ObjectNode behaviour) {
    for (String name : (Iterable<String>) behaviour::fieldNames) {
      if (!Set.of("delayMillis", "status").contains(name)) {
        return Optional.of("unknown field: only delayMillis and status can be set");
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
    delayMillis = delay.asInt(0);
    status = forced.asInt(0);
    return Optional.empty();
  }

  /** Calls since the start, and how the vendor behaves. */
  ObjectNode describe() {
    return Answer.JSON
        .createObjectNode()
        .put("calls", calls)
        .put("delayMillis", delayMillis)
        .put("status", status);
  }

  private void answer(RoutingContext call) {
    if (call.response().closed()) {
      return; // the caller gave up waiting
    }
    if (status != 0) {
      Answer.text(call, status, "text/plain", "The sandbox was told to answer " + status);
    } else {
      call.next();
    }
  }

  /** Neither query nor body: the one holds the key, the other personal data. */
  private void log(RoutingContext call) {
    LOG.infof(
        "%s: %s %s %d %s",
        vendor,
        call.request().method(),
        call.request().path(),
        call.response().getStatusCode(),
        Answer.record(call));
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static boolean isBetween(JsonNode value, int least, int most) {
    return value.isInt() && value.intValue() >= least && value.intValue() <= most;
  }
}
