package org.solarrelay.delivery;

import java.util.OptionalInt;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectEndpoint;

/**
 * Receives a destination's deliveries for one version of its route. It is a {@code direct:}
 * consumer, so a reload activates a new version in one step, together with the routes that it
 * calls.
 */
final class DeliveryConsumer extends DirectConsumer {

  private final DeliveryEndpoint endpoint;
  private final DeliveryWorkers workers;

  /**
   * @param workers null in a context without a queue
   */
  DeliveryConsumer(
      DirectEndpoint entry,
      Processor processor,
      DeliveryEndpoint endpoint,
      DeliveryWorkers workers) {
    super(entry, processor, entry.getEndpointUri());
    this.endpoint = endpoint;
    this.workers = workers;
  }

  String destination() {
    return endpoint.getDestination();
  }

  /** Concurrent calls of this pod; empty where {@code relay.delivery.in-flight} applies. */
  OptionalInt inFlight() {
    int calls = endpoint.getInFlight();
    return calls == 0 ? OptionalInt.empty() : OptionalInt.of(calls);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    register();
  }

  /** Takes no more deliveries. The route still processes those in flight. */
  @Override
  protected void doSuspend() {
    unregister();
  }

  @Override
  protected void doResume() throws Exception {
    register();
  }

  @Override
  protected void doStop() throws Exception {
    unregister();
    super.doStop();
  }

  private void register() throws Exception {
    if (workers != null) {
      workers.addRoute(this);
    }
  }

  private void unregister() {
    if (workers != null) {
      workers.removeRoute(this);
    }
  }
}
