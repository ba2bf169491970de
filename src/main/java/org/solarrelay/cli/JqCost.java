package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.solarrelay.mapping.jq.JqQuery;

/**
 * What an expression costs: each the smallest of some rounds, after Java's compiler has seen it.
 *
 * @param compiling nanoseconds to compile it, which a route does once
 * @param evaluating nanoseconds to evaluate it
 */
record JqCost(double compiling, double evaluating) {

  private static final long WARM_UP = Duration.ofMillis(500).toNanos();
  private static final long ROUND = Duration.ofMillis(50).toNanos();
  private static final int ROUNDS = 5;

  /** A look at the clock takes longer than some expressions. */
  private static final int BETWEEN_LOOKS = 100;

  /** Time of the processor: other processes do not count. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private interface Work {
    void run() throws JsonQueryException;
  }

  static JqCost of(String expression, JsonNode input) throws JsonQueryException {
    JqQuery query = JqQuery.compile(expression);
    double evaluating = nanos(() -> query.evaluate(input));
    return new JqCost(nanos(() -> JqQuery.compile(expression)), evaluating);
  }

  private static double nanos(Work work) throws JsonQueryException {
    run(work, WARM_UP);
    double smallest = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      smallest = Math.min(smallest, run(work, ROUND));
    }
    return smallest;
  }

  /** Nanoseconds that it takes once, on average over that time. */
  private static double run(Work work, long time) throws JsonQueryException {
    long begin = THREADS.getCurrentThreadCpuTime();
    long end = begin;
    int times = 0;
    while (end - begin < time) {
      for (int i = 0; i < BETWEEN_LOOKS; i++) {
        work.run();
      }
      times += BETWEEN_LOOKS;
      end = THREADS.getCurrentThreadCpuTime();
    }
    return (double) (end - begin) / times;
  }

  @Override
  public String toString() {
    return "%.1f µs an evaluation; compiled once in %.0f µs (processor time, Java %s, warm, smallest of %d rounds)"
        .formatted(evaluating / 1000, compiling / 1000, System.getProperty("java.version"), ROUNDS);
  }
}
