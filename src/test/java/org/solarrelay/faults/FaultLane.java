package org.solarrelay.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Faults of one kind, one after the other, chosen by a seed: which come and for how long does not
 * depend on how fast the machine is, only how many. Several lanes at once mix them.
 */
final class FaultLane {

  /** What goes wrong, and what makes it good again. */
  private record Fault(String name, Action begin, Action heal) {}

  private interface Action {
    void run() throws Exception;
  }

  private final List<Fault> faults;
  private final Random random;
  private final int restMillis;
  private final int longestMillis;
  private final FaultLog progress;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> wrong = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "faults");

  /**
   * @param restMillis between two of them, about
   */
  private FaultLane(
      List<Fault> faults, long seed, int restMillis, int longestMillis, FaultLog progress) {
    this.faults = faults;
    this.random = new Random(seed);
    this.restMillis = restMillis;
    this.longestMillis = longestMillis;
    this.progress = progress;
    thread.setDaemon(true);
    thread.start();
  }

  static FaultLane ofInstances(RelayInstances instances, long seed, FaultLog progress) {
    List<Fault> faults = new ArrayList<>();
    for (int n = 0; n < instances.count(); n++) {
      int which = n;
      Action replace = () -> instances.replace(which);
      faults.add(new Fault("kill -9 of instance " + which, () -> instances.kill(which), replace));
      faults.add(new Fault("SIGTERM of instance " + which, () -> instances.stop(which), replace));
    }
    faults.add(
        new Fault(
            "kill -9 of both instances",
            () -> {
              instances.kill(0);
              instances.kill(1);
            },
            () -> {
              instances.replace(0);
              instances.replace(1);
            }));
    return new FaultLane(faults, seed, 3_000, 8_000, progress);
  }

  /** Longer than a lease, at times. */
  static FaultLane ofServices(FaultBench bench, long seed, FaultLog progress) {
    Broker broker = bench.broker;
    Database database = bench.database;
    return new FaultLane(
        List.of(
            new Fault("Kafka stopped", broker::stop, broker::start),
            new Fault("Kafka killed", broker::kill, broker::start),
            new Fault("PostgreSQL stopped", database::stop, database::start),
            new Fault("PostgreSQL killed", database::kill, database::start),
            new Fault(
                "both killed",
                () -> {
                  broker.kill();
                  database.kill();
                },
                () -> {
                  database.start();
                  broker.start();
                })),
        seed,
        10_000,
        15_000,
        progress);
  }

  static FaultLane ofVendors(CountingVendors vendors, long seed, FaultLog progress) {
    List<Fault> faults = new ArrayList<>();
    for (String vendor : CountingVendors.NAMES) {
      for (VendorBehavior mood : VendorBehavior.values()) {
        // to a CRM any 2xx is a receipt
        boolean receipt =
            (mood == VendorBehavior.WEB_PAGE || mood == VendorBehavior.ENDLESS_WORD)
                && vendor.equals("crm");
        if (mood != VendorBehavior.WELL && !receipt) {
          String name = vendor + " " + mood.description;
          faults.add(
              new Fault(
                  name,
                  () -> vendors.behave(vendor, mood),
                  () -> vendors.behave(vendor, VendorBehavior.WELL)));
        }
      }
    }
    return new FaultLane(faults, seed, 3_000, 10_000, progress);
  }

  /** Begins nothing more and heals what is not healed. */
  void end() {
    over.countDown();
  }

  /** Returns once it has; what could not be healed. */
  List<String> ended() throws InterruptedException {
    thread.join();
    return wrong;
  }

  private void run() {
    try {
      while (!over(millis(restMillis / 2, restMillis * 3 / 2))) {
        Fault fault = faults.get(random.nextInt(faults.size()));
        long millis = millis(500, longestMillis);
        progress.fault(fault.name, millis);
        fault.begin.run();
        over(millis);
        fault.heal.run();
      }
    } catch (Exception e) {
      progress.log("no more such faults: " + e);
      wrong.add("a fault could not be healed: " + e);
    }
  }

  private long millis(int from, int to) {
    return from + random.nextInt(to - from);
  }

  private boolean over(long millis) throws InterruptedException {
    return over.await(millis, TimeUnit.MILLISECONDS);
  }
}
