package org.solarrelay.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A Service of Kubernetes before its pods, as far as senders notice it. Pods take turns. A pod that
 * is told to end leaves the endpoints at the same instant, but whoever sends learns of that later;
 * a new one joins them once it is ready.
 */
final class Service {

  /** Every node's proxy, and the ingress, have to hear of it. */
  private static final long NEWS_TRAVELS_MILLIS = 2_000;

  private static final Executor ONCE_HEARD_OF =
      CompletableFuture.delayedExecutor(NEWS_TRAVELS_MILLIS, TimeUnit.MILLISECONDS);

  private final List<Relay> endpoints;

  Service(List<Relay> pods) {
    endpoints = new CopyOnWriteArrayList<>(pods);
  }

  /** Whom senders send to as of now; changes as they learn of it. */
  List<Relay> endpoints() {
    return endpoints;
  }

  /**
   * SIGTERM, and another pod in its place once it has ended; returns when that one is ready.
   *
   * @return how long the pod took to end
   */
  Duration replace(Relay pod) throws IOException, InterruptedException {
    CompletableFuture<Void> heard =
        CompletableFuture.runAsync(() -> endpoints.remove(pod), ONCE_HEARD_OF);
    Duration took = pod.stop();
    heard.join();
    endpoints.add(pod.start());
    return took;
  }
}
