package org.solarrelay.dryrun;

import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The worlds made of one set of routes. Making one takes long, so they are used again. */
final class DryRunContextPool implements AutoCloseable {

  private record Kind(SmallRyeConfig settings, String entry) {}

  private final RouteGraph routes;
  private final Vertx vertx;
  private final Map<Kind, Queue<DryRunContext>> idle = new ConcurrentHashMap<>();
  private boolean closed;

  DryRunContextPool(RouteGraph routes, Vertx vertx) {
    this.routes = routes;
    this.vertx = vertx;
  }

  /**
   * One that nobody is in.
   *
   * @throws Exception as {@link DryRunContext#of}
   */
  DryRunContext take(SmallRyeConfig settings, String entry) throws Exception {
    DryRunContext used = idle(settings, entry).poll();
    return used == null ? DryRunContext.of(routes, settings, vertx, entry) : used;
  }

  /** Keeps it for the next message; after {@link #close} closes it. */
  void giveBack(DryRunContext world, SmallRyeConfig settings, String entry) {
    if (!isKept(world, settings, entry)) {
      world.close();
    }
  }

  private synchronized boolean isKept(DryRunContext world, SmallRyeConfig settings, String entry) {
    return !closed && idle(settings, entry).add(world);
  }

  private Queue<DryRunContext> idle(SmallRyeConfig settings, String entry) {
    return idle.computeIfAbsent(new Kind(settings, entry), kind -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    idle.values().forEach(worlds -> worlds.forEach(DryRunContext::close));
    idle.clear();
  }
}
