package org.solarrelay.config;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The values of a source of the configuration. New ones are used on one thread first, and count for
 * the whole program only if that succeeds.
 */
final class TrialValues {

  private final ThreadLocal<Map<String, String>> tried = new ThreadLocal<>();
  private volatile Map<String, String> values;

  TrialValues(Map<String, String> values) {
    this.values = values;
  }

  /** Those that count for the thread that calls. */
  Map<String, String> get() {
    Map<String, String> ofThread = tried.get();
    return ofThread == null ? values : ofThread;
  }

  /**
   * Puts values in the place of all before, once the use of them on this thread has succeeded. What
   * the use throws leaves all values as they are.
   *
   * @return what the use makes of them
   */
  <T> T replace(Map<String, String> next, Supplier<T> use) {
    tried.set(next);
    try {
      T made = use.get();
      values = next;
      return made;
    } finally {
      tried.remove();
    }
  }
}
