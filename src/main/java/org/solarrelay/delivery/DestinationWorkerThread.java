package org.solarrelay.delivery;

import org.solarrelay.delivery.http.RateLimit;
import org.solarrelay.delivery.queue.PauseReason;

/** The thread of a {@link DestinationWorker}. */
final class DestinationWorkerThread {

  private final DestinationWorker worker;
  private final Thread thread;
  private boolean stopped;

  DestinationWorkerThread(String destination, DestinationWorker worker) {
    this.worker = worker;
    this.thread = new Thread(worker, "deliver-" + destination);
  }

  synchronized void start() {
    if (!stopped && thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /**
   * @param inFlight the maximum number of concurrent calls
   * @param rate null where the destination has no rate limit
   */
  void limit(int inFlight, RateLimit rate) {
    worker.limitRate(rate);
    worker.limitInFlight(inFlight);
  }

  PauseReason pauseReason() {
    return worker.pauseReason();
  }

  void wake() {
    worker.wake();
  }

  /** Stops taking deliveries. A second call has no effect. */
  synchronized void stop() {
    if (!stopped) {
      stopped = true;
      worker.stop();
    }
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  void awaitStopped() throws InterruptedException {
    thread.join();
  }
}
