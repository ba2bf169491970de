package org.solarrelay.dryrun;

import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A pool of the contexts of one set of routes: a context takes long to start and is reused. */
final class DryRunContextPool implements AutoCloseable {

  private record Key(SmallRyeConfig settings, String entry) {}

  private final RouteGraph routes;
  private final Vertx vertx;
  private final Map<Key, Queue<DryRunContext>> idle = new ConcurrentHashMap<>();
  private boolean closed;

  DryRunContextPool(RouteGraph routes, Vertx vertx) {
    this.routes = routes;
    this.vertx = vertx;
  }

  /**
   * Takes an idle context, or starts a new one.
   *
   * @throws Exception as {@link DryRunContext#of}
   */
  DryRunContext take(SmallRyeConfig settings, String entry) throws Exception {
    DryRunContext used = idle(settings, entry).poll();
    return used == null ? DryRunContext.of(routes, settings, vertx, entry) : used;
  }

  /** Returns a context to the pool; a closed pool closes the context. */
  void release(DryRunContext context, SmallRyeConfig settings, String entry) {
    if (!addIdle(context, settings, entry)) {
      context.close();
    }
  }

  private synchronized boolean addIdle(
      DryRunContext context, SmallRyeConfig settings, String entry) {
    return !closed && idle(settings, entry).add(context);
  }

  private Queue<DryRunContext> idle(SmallRyeConfig settings, String entry) {
    return idle.computeIfAbsent(new Key(settings, entry), kind -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    idle.values().forEach(contexts -> contexts.forEach(DryRunContext::close));
    idle.clear();
  }
}
