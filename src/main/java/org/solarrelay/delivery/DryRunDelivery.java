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

/**
 * Runs deliver routes of a dry-run context once, and returns the result that a real attempt would
 * record.
 */
public final class DryRunDelivery {

  /**
   * The result of a first attempt.
   *
   * @param state delivered, skipped, held, dead, or pending where it would be retried
   * @param reason null where it was delivered
   * @param vendorId the vendor's id of the record; null where it returned none
   */
  public record End(
      DeliveryState state, String reason, String vendorId, List<ExternalId> learnedIds) {}

  private final Map<String, DeliveryDispatcher> routes = new ConcurrentHashMap<>();
  private final CamelContext camel;
  private final DeliveryPolicy policy;

  public DryRunDelivery(RelayConfig config, CamelContext camel) {
    this.camel = camel;
    this.policy = new DeliveryPolicy(config, new ResponseSanitizer(new ReloadableConfig(config)));
  }

  /** Returns why the destination is off; null where it is on. */
  public static String unreachable(String destination, RelayConfig.Destination settings) {
    return DeliveryInserter.unreachable(destination, settings);
  }

  /**
   * Sends an event to the route from {@code delivery:<destination>}.
   *
   * @param approved whether an operator has approved the delivery
   * @throws Exception where the route cannot be called
   */
  public void start(String destination, Event event, boolean approved, Consumer<End> onEnd)
      throws Exception {
    Delivery delivery = delivery(destination, event, approved);
    DeliveryDispatcher route = routes.get(destination);
    if (route == null) {
      route = new DeliveryDispatcher(camel, destination, policy, RelayTracer.OFF);
      routes.put(destination, route);
    }
    route.start(delivery, result -> onEnd.accept(end(result)));
  }

  /** Returns the result of a route that is part of a delivery. */
  public End end(String destination, Event event, Exchange exchange) {
    Exception failure = exchange.getException();
    return failure == null
        ? end(AttemptResult.delivered())
        : end(policy.judge(delivery(destination, event, false), failure, FailedStep.of(exchange)));
  }

  private static Delivery delivery(String destination, Event event, boolean approved) {
    return new Delivery(0, destination, 1, Duration.ZERO, approved, DeliveryOrigin.now(), event);
  }

  private static End end(AttemptResult result) {
    return new End(result.state(), result.reason(), result.vendorId(), result.learnedIds());
  }
}
