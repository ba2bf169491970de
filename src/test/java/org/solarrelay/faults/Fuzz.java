package org.solarrelay.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends mutated samples to a small pod for minutes, and kills it amid them; see bench/README.md.
 */
final class Fuzz {

  private static final Logger ROOT = Logger.getLogger("");
  private static final int HEAP_MEGABYTES = 256;

  private Fuzz() {}

  /**
   * Exit code 0 where every input got a response and is accounted for, 1 where not.
   *
   * @param args minutes, and the seed where a run is to be done again
   */
  public static void main(String... args) {
    ROOT.setLevel(Level.OFF);
    try {
      Duration length = Duration.ofMillis((long) (Double.parseDouble(args[0]) * 60_000));
      long seed =
          args.length > 1 ? Long.parseLong(args[1]) : ThreadLocalRandom.current().nextInt(100_000);
      System.exit(run(length, seed) ? 0 : 1);
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** A relay with the heap of a pod, which ends when it is out of memory; not started yet. */
  static Relay relay(FaultBench bench) throws IOException {
    return bench
        .relay("fuzz", Map.of("WEBHOOK_SECRET_FLIP", FuzzRun.FLIP_SECRET))
        .withHeap(HEAP_MEGABYTES + "m");
  }

  private static boolean run(Duration length, long seed) throws Exception {
    System.out.printf("fuzz of %s, seed %d, heap %d MiB%n", length, seed, HEAP_MEGABYTES);
    FaultBench bench = FaultBench.SHARED;
    try (Relay relay = relay(bench).start()) {
      FuzzRun run = new FuzzRun(relay, new Topic(bench.broker.bootstrapServers()), seed);
      run.send(Integer.MAX_VALUE, length.dividedBy(2));
      relay.kill();
      relay.start();
      run.send(Integer.MAX_VALUE, length.dividedBy(2));
      List<String> violations = run.violations();
      System.out.println(run.figures());
      violations.stream().limit(40).forEach(one -> System.out.println("WRONG: " + one));
      System.out.println(
          violations.isEmpty()
              ? "every input got a response and is accounted for"
              : violations.size() + " things are wrong");
      return violations.isEmpty();
    }
  }
}
