package org.solarrelay.delivery;

import java.util.OptionalInt;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectEndpoint;

/**
 * Where a route receives a destination's deliveries. It stands in the table of {@code direct:}
 * routes, so a reload puts a new version in force in one step, together with the routes it calls.
 */
final class DeliveryConsumer extends DirectConsumer {

  private final DeliveryEndpoint endpoint;
  private final DeliveryWorkers workers;

  /**
   * @param workers null where nothing is to be taken from the queue
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

  /** Calls at once of this pod; empty where {@code relay.delivery.in-flight} holds. */
  OptionalInt inFlight() {
    int calls = endpoint.getInFlight();
    return calls == 0 ? OptionalInt.empty() : OptionalInt.of(calls);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    serve();
  }

  /** Takes nothing more. A delivery that is taken already still finds the route. */
  @Override
  protected void doSuspend() {
    leave();
  }

  @Override
  protected void doResume() throws Exception {
    serve();
  }

  @Override
  protected void doStop() throws Exception {
    leave();
    super.doStop();
  }

  private void serve() throws Exception {
    if (workers != null) {
      workers.serve(this);
    }
  }

  private void leave() {
    if (workers != null) {
      workers.leave(this);
    }
  }
}
