package org.solarrelay.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.ResponseSanitizer;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryInserter;
import org.solarrelay.delivery.queue.DeliveryOrigin;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.event.Event;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.routes.FailedStep;

/** Tries the deliver routes of any context once, and says what the ledger would be told. */
public final class DryRunDelivery {

  /**
   * How a first attempt ends.
   *
   * @param state delivered, skipped, held, dead, or pending where it would be tried again
   * @param reason null where it was delivered
   * @param retryAfter null unless pending
   * @param vendorId null where the destination gave none
   */
  public record End(
      DeliveryState state,
      String reason,
      Duration retryAfter,
      String vendorId,
      List<ExternalId> learnt) {}

  private final Map<String, DeliveryDispatcher> routes = new ConcurrentHashMap<>();
  private final CamelContext camel;
  private final DeliveryPolicy policy;

  public DryRunDelivery(RelayConfig config, CamelContext camel) {
    this.camel = camel;
    this.policy = new DeliveryPolicy(config, new ResponseSanitizer(new ReloadableConfig(config)));
  }

  /** Why the destination can not be delivered to as it is configured; null where it can. */
  public static String unreachable(String destination, RelayConfig.Destination settings) {
    return DeliveryInserter.unreachable(destination, settings);
  }

  /**
   * Sends an event into the route that begins at {@code delivery:<destination>}.
   *
   * @param approved whether an operator has allowed what it was held for
   * @throws Exception where the route can not be entered at all
   */
  public void start(String destination, Event event, boolean approved, Consumer<End> end)
      throws Exception {
    Delivery delivery = delivery(destination, event, approved);
    DeliveryDispatcher route = routes.get(destination);
    if (route == null) {
      route = new DeliveryDispatcher(camel, destination, policy, RelayTracer.OFF);
      routes.put(destination, route);
    }
    route.start(delivery, verdict -> end.accept(end(verdict)));
  }

  /** What the end of a route would mean that is part of a delivery. */
  public End end(String destination, Event event, Exchange exchange) {
    Exception failure = exchange.getException();
    return failure == null
        ? end(AttemptResult.delivered())
        : end(policy.judge(delivery(destination, event, false), failure, FailedStep.of(exchange)));
  }

  private static Delivery delivery(String destination, Event event, boolean approved) {
    return new Delivery(0, destination, 1, Duration.ZERO, approved, DeliveryOrigin.now(), event);
  }

  private static End end(AttemptResult verdict) {
    return new End(
        verdict.state(),
        verdict.reason(),
        verdict.retryAfter(),
        verdict.vendorId(),
        verdict.learnedIds());
  }
}
