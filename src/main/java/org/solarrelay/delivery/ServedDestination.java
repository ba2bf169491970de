package org.solarrelay.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.delivery.queue.Pause;

/** A destination with its worker and the versions of the route that serve it. */
final class ServedDestination {

  private final DestinationWorker worker;
  private final Thread thread;
  private final Map<DeliveryConsumer, Integer> routes = new LinkedHashMap<>();
  private boolean stopped;

  ServedDestination(String destination, DestinationWorker worker) {
    this.worker = worker;
    this.thread = new Thread(worker, "deliver-" + destination);
  }

  synchronized void start() {
    if (!stopped && thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  synchronized void add(DeliveryConsumer route, int inFlight) {
    routes.put(route, inFlight);
    worker.limitInFlight(inFlight);
  }

  /** Camel suspends a route before it stops it, so this may be called twice. */
  synchronized void remove(DeliveryConsumer route) {
    routes.remove(route);
    if (routes.isEmpty()) {
      stop();
    } else {
      worker.limitInFlight(inFlight());
    }
  }

  /** Calls at once, as the latest version of the route says. */
  synchronized int inFlight() {
    return routes.values().stream().reduce((earlier, later) -> later).orElse(0);
  }

  Pause opened() {
    return worker.opened();
  }

  void wake() {
    worker.wake();
  }

  synchronized void stop() {
    stopped = true;
    worker.stop();
  }

  synchronized boolean isOver() {
    return stopped;
  }

  void awaitStopped() throws InterruptedException {
    thread.join();
  }
}
