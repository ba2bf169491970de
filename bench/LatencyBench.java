import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Measures how long a lead takes from its 202 to the call at each vendor, for the relay and the
 * hand-written program in turn. Ends with 1 where an accepted lead was lost, arrived twice or
 * before an earlier one of its record.
 */
final class LatencyBench implements AutoCloseable {

  private static final int DELAY_MILLIS = 5;
  private static final int IN_FLIGHT = 32;
  private static final LatencyPhase WARM_UP = LatencyPhase.steady(100, 15);
  private static final String INBOX = "hand-written.inbox";
  private static final String REPLAYED = "hand-written.replayed";

  private record Program(String name, int port, Replay replay) {}

  private final Arrivals arrivals = new Arrivals();
  private final ScheduledLoad load = new ScheduledLoad();
  private final TestBed bed;
  private final List<Program> programs;
  private final List<SentLead> sent = new ArrayList<>();
  private final List<Latencies> measured = new ArrayList<>();

  private LatencyBench(Path work) throws Exception {
    Vendors vendors = new Vendors(Child.freePort());
    new SlowVendor(DELAY_MILLIS, arrivals).listen(vendors.port());
    bed = new TestBed(work, List.of(INBOX, REPLAYED));
    Backlog backlog = new Backlog(bed.kafka());
    int handWritten = Child.freePort();
    bed.handWrittenDelivery(
        vendors,
        IN_FLIGHT,
        List.of(INBOX + "=" + String.join(",", SlowVendor.NAMES), REPLAYED + "=enerflo"));
    bed.handWrittenIntake(handWritten, INBOX);
    int relay = Child.freePort();
    bed.relay(relay, vendors, IN_FLIGHT);
    programs =
        List.of(
            new Program(
                "hand-written", handWritten, leads -> backlog.append(REPLAYED, "one", leads, 1)),
            new Program("relay", relay, new RelayReplay(relay, backlog)));
  }

  /**
   * @param args a directory for everything, the seconds of a phase, the phases, a directory for the
   *     plot
   */
  public static void main(String... args) throws Exception {
    boolean good;
    try (LatencyBench bench = new LatencyBench(Path.of(args[0]))) {
      bench.run(Integer.parseInt(args[1]), List.of(args[2].split(",")));
      System.out.println(LatencyPlot.of(bench.measured).write(Path.of(args[3])));
      good = bench.check();
    }
    System.exit(good ? 0 : 1);
  }

  private void run(int seconds, List<String> phases) throws Exception {
    warmUp();
    System.out.println(Latencies.HEADER);
    String history = "";
    for (String word : phases) {
      if (word.equals("history")) {
        bed.fillHistory();
        history = ", history";
        continue;
      }
      LatencyPhase phase = LatencyPhase.of(word, seconds).named(history);
      for (Program program : programs) {
        Latencies latencies = Latencies.of(phase, program.name(), leads(phase, program), arrivals);
        System.out.println(latencies);
        measured.add(latencies);
      }
    }
  }

  /** The compilers of both programs have had their time after this. */
  private void warmUp() {
    programs.stream()
        .map(
            program ->
                CompletableFuture.supplyAsync(
                    () -> {
                      try {
                        return leads(WARM_UP, program);
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private List<SentLead> leads(LatencyPhase phase, Program program) throws Exception {
    CompletableFuture<Void> replay = replay(phase.replays(), program);
    List<SentLead> leads = load.run(program.port(), phase.perSecond(), phase.leads());
    replay.join();
    arrivals.await(leads);
    synchronized (sent) {
      sent.addAll(leads);
    }
    return leads;
  }

  /** Begins a replay beside the leads. It has ended once Enerflo has received all. */
  private CompletableFuture<Void> replay(int deliveries, Program program) throws Exception {
    if (deliveries == 0) {
      return CompletableFuture.completedFuture(null);
    }
    program.replay().prepare(deliveries);
    int before = arrivals.unscheduled();
    return CompletableFuture.runAsync(
        () -> {
          try {
            program.replay().start(deliveries);
            arrivals.awaitUnscheduled(before + deliveries);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Whether the vendors received each accepted lead once, and those of a record in order. */
  private boolean check() {
    long rejected = sent.stream().filter(lead -> !lead.accepted()).count();
    int lost = arrivals.lost(sent);
    int overtaken = arrivals.overtaken(sent);
    System.out.printf(
        "%d leads, not accepted: %d, lost: %d, received twice: %d, overtaken: %d%n",
        sent.size(), rejected, lost, arrivals.doubled(), overtaken);
    return lost + arrivals.doubled() + overtaken == 0;
  }

  @Override
  public void close() throws Exception {
    load.close();
    bed.close();
  }
}
