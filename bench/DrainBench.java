import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how fast a backlog of leads drains to vendors that answer after 50 ms, for the relay and
 * the hand-written consumer in turn. Ends with 1 where an event did not arrive, arrived twice or
 * after a later one.
 */
final class DrainBench implements AutoCloseable {

  private static final int DELAY_MILLIS = 50;
  private static final int IN_FLIGHT = 64;
  private static final String PREFIX = "hand-written.";
  private static final List<String> ONE = List.of("enerflo");
  private static final List<String> THREE = SlowVendor.NAMES;

  private final int events;
  private final int possible;
  private final TestBed bed;
  private final Vendors vendors;
  private final List<Drain> contestants;
  private boolean good = true;

  private DrainBench(Path work, int events, int pods) throws Exception {
    this.events = events;
    int inFlight = pods * IN_FLIGHT;
    possible = inFlight * 1000 / DELAY_MILLIS;
    bed = new TestBed(work, List.of(PREFIX + "one", PREFIX + "pair", PREFIX + "three"));
    vendors = bed.vendors(DELAY_MILLIS);
    Backlog backlog = new Backlog(bed.kafka());
    String programs = bed.databasePrograms();
    Child handWritten =
        bed.handWrittenDelivery(
            vendors,
            inFlight,
            List.of(
                PREFIX + "one=enerflo",
                PREFIX + "pair=enerflo,crm",
                PREFIX + "three=enerflo,solarproof,crm"));
    List<Child> relays = bed.relays(pods, vendors, IN_FLIGHT);
    contestants =
        List.of(
            new Drain("hand-written", List.of(handWritten), vendors, backlog, PREFIX, programs),
            new Drain("relay", relays, vendors, backlog, null, programs));
  }

  /**
   * @param args a directory for everything, the number of leads, the number of rounds, the number
   *     of the relay's pods
   */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[2]);
    boolean good;
    try (DrainBench bench =
        new DrainBench(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[3]))) {
      good = bench.run(rounds);
    }
    System.exit(good ? 0 : 1);
  }

  private boolean run(int rounds) throws Exception {
    System.out.printf(
        "%d leads a round, vendors answer after %d ms, %d calls in flight: at most %d calls/s each%n",
        events, DELAY_MILLIS, possible * DELAY_MILLIS / 1000, possible);
    each("warm-up: three destinations", "three", THREE, 1);
    each("warm-up: one destination", "one", ONE, 1);
    List<Double> alone = each("one destination", "one", ONE, rounds);
    List<Double> three = each("three destinations", "three", THREE, rounds);
    vendors.down("crm");
    List<Double> besideAnOutage = each("one, another is down", "pair", ONE, rounds);
    vendors.up("crm");
    vendors.awaitEvents("crm", contestants.size() * rounds * events);
    bed.fillHistory();
    List<Double> full =
        each("one, %d finished rows".formatted(TestBed.FINISHED_ROWS), "one", ONE, rounds);
    System.out.println();
    for (int i = 0; i < contestants.size(); i++) {
      System.out.printf(
          "%-12s  one %.2f of the possible   each of three %.2f   beside an outage %.2f of alone"
              + "   with a million rows %.2f of before%n",
          contestants.get(i).name(),
          alone.get(i) / possible,
          three.get(i) / possible,
          besideAnOutage.get(i) / alone.get(i),
          full.get(i) / alone.get(i));
    }
    System.out.printf(
        "relay against hand-written: one %.2f   three %.2f   beside an outage %.2f   a million rows %.2f%n",
        alone.get(1) / alone.get(0),
        three.get(1) / three.get(0),
        besideAnOutage.get(1) / besideAnOutage.get(0),
        full.get(1) / full.get(0));
    return good;
  }

  /** The median rate of each contestant, at its slowest destination. */
  private List<Double> each(String what, String source, List<String> destinations, int rounds)
      throws Exception {
    List<List<Double>> rates = List.of(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        Drain.Result result = contestants.get(i).run(source, destinations, events);
        System.out.printf("%-32s %-12s %s%n", what, contestants.get(i).name(), result);
        rates.get(i).add(result.slowest());
        good &= result.exact();
      }
    }
    return rates.stream().map(Median::of).toList();
  }

  @Override
  public void close() throws Exception {
    bed.close();
  }
}
