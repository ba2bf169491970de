package org.solarrelay.faults;

import java.util.Map;
import java.util.TreeMap;

/** One line for each fault, and how many of each kind there were. */
final class FaultLog {

  private final long start = System.nanoTime();
  private final Traffic traffic;
  private final Map<String, Integer> faults = new TreeMap<>();

  FaultLog(Traffic traffic) {
    this.traffic = traffic;
  }

  /** A fault has begun. */
  synchronized void fault(String what, long forMillis) {
    faults.merge(what, 1, Integer::sum);
    log("%s, for %.1f s".formatted(what, forMillis / 1000.0));
  }

  void log(String what) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%6.1f s  %5d accepted  %s%n", seconds, traffic.accepted(), what);
  }

  synchronized String faults() {
    int all = faults.values().stream().mapToInt(Integer::intValue).sum();
    return "%d faults %s".formatted(all, faults);
  }
}
