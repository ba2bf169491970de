package org.solarrelay.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A Kubernetes Service, as its senders see it. Requests alternate between the pods. A terminating
 * pod leaves the endpoints at once, but senders notice that later. A new pod joins once it is
 * ready.
 */
final class KubernetesService {

  /** Time until every node's proxy and the ingress have the new endpoints. */
  private static final long NEWS_TRAVELS_MILLIS = 2_000;

  private static final Executor ONCE_HEARD_OF =
      CompletableFuture.delayedExecutor(NEWS_TRAVELS_MILLIS, TimeUnit.MILLISECONDS);

  private final List<Relay> endpoints;

  KubernetesService(List<Relay> pods) {
    endpoints = new CopyOnWriteArrayList<>(pods);
  }

  /** The endpoints as senders see them at the moment. */
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
