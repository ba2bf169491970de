package org.solarrelay.config;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The values of a configuration source. New values apply to one thread first, and to all threads
 * only if the trial on that thread succeeds.
 */
final class TrialValues {

  private final ThreadLocal<Map<String, String>> tried = new ThreadLocal<>();
  private volatile Map<String, String> values;

  TrialValues(Map<String, String> values) {
    this.values = values;
  }

  /** The values that apply to the calling thread. */
  Map<String, String> get() {
    Map<String, String> onTrial = tried.get();
    return onTrial == null ? values : onTrial;
  }

  /**
   * Replaces all values, if {@code use} succeeds with the new ones on this thread. After an
   * exception of {@code use} the values stay unchanged.
   *
   * @return the result of {@code use}
   */
  <T> T replace(Map<String, String> next, Supplier<T> use) {
    tried.set(next);
    try {
      T result = use.get();
      values = next;
      return result;
    } finally {
      tried.remove();
    }
  }
}
