package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.solarrelay.mapping.jq.JqQuery;

/**
 * Measures the CPU time of an expression: the minimum of several rounds after a warm-up.
 *
 * @param compiling nanoseconds of a compilation, which a route does once
 * @param evaluating nanoseconds of an evaluation
 */
record JqCost(double compiling, double evaluating) {

  private static final long WARM_UP = Duration.ofMillis(500).toNanos();
  private static final long ROUND = Duration.ofMillis(50).toNanos();
  private static final int ROUNDS = 5;

  /** Reading the clock takes longer than some expressions. */
  private static final int RUNS_PER_READING = 100;

  /** Measures CPU time, so that other processes do not count. */
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
    double minimum = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      minimum = Math.min(minimum, run(work, ROUND));
    }
    return minimum;
  }

  /** The average nanoseconds of a run, over the time. */
  private static double run(Work work, long time) throws JsonQueryException {
    long begin = THREADS.getCurrentThreadCpuTime();
    long end = begin;
    int times = 0;
    while (end - begin < time) {
      for (int i = 0; i < RUNS_PER_READING; i++) {
        work.run();
      }
      times += RUNS_PER_READING;
      end = THREADS.getCurrentThreadCpuTime();
    }
    return (double) (end - begin) / times;
  }

  @Override
  public String toString() {
    return "%.1f µs an evaluation; compiled once in %.0f µs (CPU time, Java %s, warm, smallest of %d rounds)"
        .formatted(evaluating / 1000, compiling / 1000, System.getProperty("java.version"), ROUNDS);
  }
}
