package org.solarrelay.delivery;

import org.solarrelay.delivery.http.RateLimit;
import org.solarrelay.delivery.queue.PauseReason;

/** A destination's worker with its thread. */
final class ServedDestination {

  private final DestinationWorker worker;
  private final Thread thread;
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

  /**
   * @param inFlight calls at once
   * @param rate null where there is no limit
   */
  void limit(int inFlight, RateLimit rate) {
    worker.limitRate(rate);
    worker.limitInFlight(inFlight);
  }

  PauseReason opened() {
    return worker.opened();
  }

  void wake() {
    worker.wake();
  }

  /** Takes nothing more; may be called twice. */
  synchronized void stop() {
    if (!stopped) {
      stopped = true;
      worker.stop();
    }
  }

  synchronized boolean isOver() {
    return stopped;
  }

  void awaitStopped() throws InterruptedException {
    thread.join();
  }
}
