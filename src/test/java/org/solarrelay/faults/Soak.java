package org.solarrelay.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs random faults for minutes: two instances of the packaged program with Kafka, PostgreSQL,
 * counting vendors and continuous traffic. {@link SoakConsistencyCheck} checks the result.
 */
final class Soak {

  private static final Logger EVERYBODY = Logger.getLogger("");

  private Soak() {}

  /**
   * Exit code 0 without violations, 1 with one.
   *
   * @param args minutes, and the seed where a run is to be repeated
   */
  public static void main(String... args) {
    // clients of a broker that is away on purpose say so several times a second
    EVERYBODY.setLevel(Level.OFF);
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

  private static boolean run(Duration length, long seed) throws Exception {
    System.out.printf("soak of %s, seed %d%n", length, seed);
    FaultBench bench = FaultBench.SHARED;
    bench.vendors.respondAfter(20);
    RelayInstances instances = new RelayInstances(bench, 2);
    instances.start();
    bench.vendors.refuse(TrafficMessage.Kind.REFUSED.prefix);
    Endpoints doors = new Endpoints(bench, instances);
    Traffic traffic = Traffic.start(doors, seed);
    FaultLog progress = new FaultLog(traffic);
    List<FaultLane> lanes =
        List.of(
            FaultLane.ofInstances(instances, seed + 1, progress),
            FaultLane.ofServices(bench, seed + 2, progress),
            FaultLane.ofVendors(bench.vendors, seed + 3, progress),
            FaultLane.ofVendors(bench.vendors, seed + 4, progress));
    Thread.sleep(length.toMillis());

    lanes.forEach(FaultLane::end);
    List<String> wrong = new ArrayList<>();
    for (FaultLane lane : lanes) {
      wrong.addAll(lane.ended());
    }
    instances.awaitReady();
    progress.log("all is healed");
    traffic.end();
    progress.log("nothing more is sent");
    wrong.addAll(traffic.unexpected());
    SoakConsistencyCheck sums = new SoakConsistencyCheck(bench, instances.any(), traffic, progress);
    wrong.addAll(sums.check());
    wrong.addAll(instances.end());
    System.out.printf("seed %d: %s%n", seed, progress.faults());
    System.out.println(traffic.figures() + "; " + doors.figures());
    sums.figures().forEach(System.out::println);
    System.out.println(instances.figures());
    wrong.stream().limit(40).forEach(one -> System.out.println("WRONG: " + one));
    System.out.println(wrong.isEmpty() ? "all adds up" : wrong.size() + " things are wrong");
    return wrong.isEmpty();
  }
}
