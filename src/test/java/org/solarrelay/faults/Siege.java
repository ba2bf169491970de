package org.solarrelay.faults;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All loads at their whole size into one small pod, with and without a kill; see bench/README.md.
 */
final class Siege {

  private static final Logger ROOT = Logger.getLogger("");

  private Siege() {}

  /**
   * Exit code 0 where every lead arrived and no pod ended by itself, 1 where not.
   *
   * @param args how many leads beside each load, and the load where it is one alone
   */
  public static void main(String... args) {
    ROOT.setLevel(Level.OFF);
    try {
      List<HeapLoad> loads =
          args.length > 1 ? List.of(HeapLoad.valueOf(args[1])) : List.of(HeapLoad.values());
      run(Integer.parseInt(args[0]), loads);
      System.exit(0);
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(int leads, List<HeapLoad> loads) throws Exception {
    FaultBench bench = FaultBench.SHARED;
    try (Relay relay = HeapRun.relay(bench).start()) {
      HeapRun run = new HeapRun(bench, relay, leads);
      for (HeapLoad load : loads) {
        System.out.println(run.hold(load, load.size));
        System.out.println("killed in the middle, " + run.holdKilled(load, load.size));
      }
    }
  }
}
