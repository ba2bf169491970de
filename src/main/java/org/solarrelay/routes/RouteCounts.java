package org.solarrelay.routes;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Counts the completed and failed messages of each version of a route. */
public final class RouteCounts implements RoutePolicyFactory {

  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  /** The counter of a route's version. */
  Counter of(String routeId) {
    return counters.computeIfAbsent(routeId, id -> new Counter());
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
    boolean kamelet = route instanceof RouteDefinition it && Boolean.TRUE.equals(it.isKamelet());
    if (kamelet) {
      return null;
    }
    Counter counter = of(routeId);
    return new RoutePolicySupport() {
      @Override
      public void onExchangeDone(Route done, Exchange exchange) {
        counter.ended(exchange.getException());
      }

      @Override
      public void onRemove(Route removed) {
        counters.remove(routeId);
      }
    };
  }

  /** Counts messages, in all and in the last five minutes. */
  public static final class Counter {

    private static final int MINUTES = 5;

    /** The minute that each slot of the two arrays below counts. */
    private final long[] minutes = new long[MINUTES];

    private final long[] recent = new long[MINUTES];
    private final long[] recentFailures = new long[MINUTES];
    private long exchanges;
    private long failures;
    private String lastFailure;
    private Instant lastFailureAt;

    /**
     * @param lastFailure the kind of the last failure, without its text, which may quote a message
     * @param failureRate failures divided by exchanges in the last five minutes, from 0 to 1
     */
    public record Figures(
        long exchanges,
        long failures,
        long recentExchanges,
        long recentFailures,
        double failureRate,
        String lastFailure,
        Instant lastFailureAt) {}

    synchronized void ended(Exception failure) {
      int slot = slot();
      exchanges++;
      recent[slot]++;
      if (failure != null) {
        failures++;
        recentFailures[slot]++;
        lastFailure = FailedStep.kind(failure);
        lastFailureAt = Instant.now();
      }
    }

    synchronized Figures figures() {
      long now = minute();
      long count = 0;
      long failed = 0;
      for (int i = 0; i < MINUTES; i++) {
        if (now - minutes[i] < MINUTES) {
          count += recent[i];
          failed += recentFailures[i];
        }
      }
      double rate = count == 0 ? 0 : (double) failed / count;
      return new Figures(exchanges, failures, count, failed, rate, lastFailure, lastFailureAt);
    }

    private int slot() {
      long now = minute();
      int slot = (int) (now % MINUTES);
      if (minutes[slot] != now) {
        minutes[slot] = now;
        recent[slot] = 0;
        recentFailures[slot] = 0;
      }
      return slot;
    }

    private static long minute() {
      return System.currentTimeMillis() / 60_000;
    }
  }
}
