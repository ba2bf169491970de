package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The limits of one evaluation: steps and CPU time, so that a busy machine fails no valid
 * expression. Regular expressions have a limit in elapsed time, because their engine cannot measure
 * CPU time.
 */
final class JqBudget {

  static final int MAX_STEPS = 1_000_000;

  /** A stack of 1 MiB overflows at a depth between 720 and 1,800, depending on the expression. */
  static final int MAX_DEPTH = 600;

  static final int MAX_SIZE = 8 * 1024 * 1024;
  static final int MAX_INDEX = 1_000_000;
  static final long MAX_NANOS = 200_000_000;
  static final long MAX_REGEX_NANOS = 250_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The number of steps between two checks of the time; most expressions take fewer. */
  private static final int STEPS_PER_LOOK = 4_096;

  /** The approximate length of a number with its comma, in chars. */
  private static final int SIZE_OF_NODE = 4;

  /** The number of values that are visited in the time of one step. */
  private static final int VISITS_PER_STEP = 16;

  private static final ThreadLocal<JqBudget> CURRENT = new ThreadLocal<>();

  private int steps;
  private int depth;
  private int visits;
  private long firstLook;
  private long regexNanos = MAX_REGEX_NANOS;

  static JqBudget current() {
    JqBudget current = CURRENT.get();
    if (current == null) {
      throw new IllegalStateException("no evaluation is running on this thread");
    }
    return current;
  }

  interface Evaluation<E extends Exception> {
    void run() throws E;
  }

  /**
   * Runs an evaluation with its own budget.
   *
   * @throws JqLimitException if the evaluation exceeds a limit
   */
  static <E extends Exception> void limit(Evaluation<E> evaluation) throws E {
    JqBudget outer = CURRENT.get();
    CURRENT.set(new JqBudget());
    try {
      evaluation.run();
    } catch (StackOverflowError e) {
      throw tooDeep();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  void enter() {
    spend();
    if (++depth > MAX_DEPTH) {
      throw tooDeep();
    }
  }

  void leave() {
    depth--;
  }

  void spend() {
    if (++steps > MAX_STEPS) {
      throw new JqLimitException("takes more than %,d steps".formatted(MAX_STEPS));
    }
    if (steps % STEPS_PER_LOOK == 0) {
      checkTime();
    }
  }

  private void checkTime() {
    long now = THREADS.getCurrentThreadCpuTime();
    if (firstLook == 0) {
      firstLook = now;
    } else if (now - firstLook > MAX_NANOS) {
      throw new JqLimitException(
          "takes more than %d ms after %,d steps".formatted(MAX_NANOS / 1_000_000, steps));
    }
  }

  /** Counts the size of a new value; a shared part counts each time it would be written. */
  void check(JsonNode value) {
    checkSize(add(value, 0));
  }

  void checkSize(long size) {
    if (size > MAX_SIZE) {
      throw new JqLimitException(
          "makes a value of more than %d MiB".formatted(MAX_SIZE / 1024 / 1024));
    }
  }

  /** Checks an index, because jq fills an array up to the index of an assignment. */
  void checkIndex(JsonNode index) {
    if (index.isNumber() && Math.abs(index.asDouble()) > MAX_INDEX) {
      throw new JqLimitException("uses an index over %,d".formatted(MAX_INDEX));
    }
  }

  private long add(JsonNode value, long sizeBefore) {
    if (++visits % VISITS_PER_STEP == 0) {
      spend();
    }
    long size = sizeBefore + (value.isTextual() ? value.textValue().length() : SIZE_OF_NODE);
    if (value.isContainerNode()) {
      for (JsonNode inner : value) {
        if (size > MAX_SIZE) {
          return size;
        }
        size = add(inner, size);
      }
    }
    return size;
  }

  long regexNanos() {
    if (regexNanos <= 0) {
      throw regexTooLong();
    }
    return regexNanos;
  }

  void spendOnRegex(long nanos) {
    regexNanos -= nanos;
  }

  static JqLimitException regexTooLong() {
    return new JqLimitException(
        "has a regular expression that takes more than %d ms"
            .formatted(MAX_REGEX_NANOS / 1_000_000));
  }

  private static JqLimitException tooDeep() {
    return new JqLimitException(
        "calls itself too often: more than %,d calls within calls".formatted(MAX_DEPTH));
  }
}
