import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the console on a database with a million events: how long each page takes, and what open
 * consoles cost the pipeline. Ends with 1 where a page takes longer than its budget, or a drain
 * gets slower by more than its budget.
 */
final class ConsoleBench implements AutoCloseable {

  private static final double BUDGET_MILLIS = 300;
  private static final double BUDGET_PERCENT = 2;
  private static final int WARM_UPS = 5;
  private static final int CONSOLES = 20;
  private static final int DELAY_MILLIS = 50;
  private static final int IN_FLIGHT = 64;
  private static final int PER_SECOND = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What most people have open. */
  private static final List<String> OPEN_PAGES =
      List.of("/console", "/console", "/console/dead", "/console/deliveries");

  private interface Load {
    HttpResponse<String> load() throws Exception;
  }

  private record Page(String name, Load load) {}

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Arrivals arrivals = new Arrivals();
  private final TestBed bed;
  private final Vendors vendors;
  private final Child relay;
  private final int port = Child.freePort();

  private ConsoleBench(Path work) throws Exception {
    bed = new TestBed(work, List.of());
    vendors = new Vendors(Child.freePort());
    new SlowVendor(DELAY_MILLIS, arrivals).listen(vendors.port());
    relay = bed.relay(port, vendors, IN_FLIGHT);
    awaitDatabase();
    long begin = System.nanoTime();
    ConsoleData.fill(bed.databaseUrl());
    System.out.printf(
        "%d events stored in %d s%n",
        ConsoleData.EVENTS, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
  }

  /**
   * @param args a directory for everything, {@code pages} or {@code open}, how many requests of a
   *     page or rounds of a drain
   */
  public static void main(String... args) {
    boolean good = false;
    try (ConsoleBench bench = new ConsoleBench(Path.of(args[0]))) {
      int count = Integer.parseInt(args[2]);
      good = args[1].equals("open") ? bench.open(count) : bench.pages(count);
    } catch (Exception e) {
      // threads of the vendors would keep the JVM running
      e.printStackTrace();
    }
    System.exit(good ? 0 : 1);
  }

  /** The relay creates its tables in the background. */
  private void awaitDatabase() throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (send(get("/api/deliveries")).statusCode() != 200) {
      if (System.nanoTime() > until) {
        throw new IOException("the relay has no tables");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private boolean pages(int requests) throws Exception {
    List<Page> pages =
        List.of(
            page("Now", "/console"),
            new Page("Search by e-mail", this::search),
            page("Record", "/console/records/crm/" + ConsoleData.RECORD),
            page("Story", "/console/events/" + ConsoleData.EVENT),
            page("Story, 10,000 attempts", "/console/events/" + ConsoleData.RETRIED_EVENT),
            page("Dead letters", "/console/dead"),
            page("Deliveries", "/console/deliveries"),
            page("Deliveries, dead", "/console/deliveries?state=dead"),
            page("Deliveries, of a record", "/console/deliveries?subject=" + ConsoleData.RECORD),
            page("Destinations", "/console/destinations"),
            page("Destination", "/console/destinations/enerflo"),
            page("Destination, a week", "/console/destinations/enerflo?range=week"),
            page("Routes", "/console/routes"),
            page("Live", "/console/live"),
            page("Activity", "/console/activity"));
    System.out.println("| Page | first | median | slowest | KB |");
    System.out.println("|---|---|---|---|---|");
    boolean good = true;
    for (Page page : pages) {
      good &= measure(page, requests);
    }
    return good;
  }

  private Page page(String name, String path) {
    return new Page(name, () -> send(get(path)));
  }

  private boolean measure(Page page, int requests) throws Exception {
    double first = millis(page);
    for (int i = 0; i < WARM_UPS; i++) {
      millis(page);
    }
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      all.add(millis(page));
    }
    double slowest = all.stream().mapToDouble(one -> one).max().orElseThrow();
    HttpResponse<String> last = page.load().load();
    boolean good = last.statusCode() == 200 && slowest <= BUDGET_MILLIS;
    System.out.printf(
        "| %-24s | %4.0f ms | %4.0f ms | %4.0f ms | %4d |%s%n",
        page.name(),
        first,
        Median.of(all),
        slowest,
        last.body().length() / 1024,
        good ? "" : " HTTP %d, budget %.0f ms".formatted(last.statusCode(), BUDGET_MILLIS));
    return good;
  }

  private static double millis(Page page) throws Exception {
    long begin = System.nanoTime();
    page.load().load();
    return (System.nanoTime() - begin) / 1e6;
  }

  /** The form, and the page that it leads to. */
  private HttpResponse<String> search() throws Exception {
    String form = "q=" + URLEncoder.encode(ConsoleData.EMAIL, StandardCharsets.UTF_8);
    HttpResponse<String> found =
        send(
            to("/console/search")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(form)));
    URI address = URI.create(found.headers().firstValue("Location").orElseThrow());
    return send(get(address.getRawPath() + "?" + address.getRawQuery()));
  }

  private HttpRequest.Builder get(String path) {
    return to(path).GET();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + TestBed.TOKEN);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Leads at a steady rate and drains of a backlog, in turn with and without open consoles. */
  private boolean open(int rounds) throws Exception {
    Backlog backlog = new Backlog(bed.kafka());
    Drain drain =
        new Drain("relay", List.of(relay), vendors, backlog, null, bed.databasePrograms());
    try (ScheduledLoad load = new ScheduledLoad()) {
      arrivals.await(load.run(port, PER_SECOND, PER_SECOND * 15));
      drain(drain, false);
      System.out.println(Latencies.HEADER);
      for (boolean open : List.of(false, true)) {
        leads(load, open);
      }
    }
    List<List<Drain.Result>> results = List.of(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      // who goes first alternates
      for (int i = 0; i < 2; i++) {
        boolean open = (round + i) % 2 == 1;
        results.get(open ? 1 : 0).add(drain(drain, open));
      }
    }
    return compare(results.get(0), results.get(1));
  }

  private void leads(ScheduledLoad load, boolean open) throws Exception {
    LatencyPhase phase = LatencyPhase.steady(PER_SECOND, 30);
    try (OpenConsoles consoles = consoles(open)) {
      List<SentLead> leads = load.run(port, phase.perSecond(), phase.leads());
      arrivals.await(leads);
      System.out.println(
          Latencies.of(phase.named(open ? ", consoles" : ""), "relay", leads, arrivals));
      System.out.println(consoles);
    }
  }

  private Drain.Result drain(Drain drain, boolean open) throws Exception {
    try (OpenConsoles consoles = consoles(open)) {
      Drain.Result result = drain.run("one", List.of("enerflo"), 20_000);
      System.out.printf("%-14s %s; %s%n", open ? "with consoles" : "without", result, consoles);
      return result;
    }
  }

  private OpenConsoles consoles(boolean open) {
    return new OpenConsoles(port, open ? CONSOLES : 0, OPEN_PAGES);
  }

  private static boolean compare(List<Drain.Result> without, List<Drain.Result> with) {
    double alone = Median.of(without.stream().map(Drain.Result::slowest).toList());
    double beside = Median.of(with.stream().map(Drain.Result::slowest).toList());
    double slower = 100 * (1 - beside / alone);
    System.out.printf(
        "drain without consoles %.0f/s, with %d consoles %.0f/s: %.1f %% slower, budget %.0f %%%n",
        alone, CONSOLES, beside, slower, BUDGET_PERCENT);
    return slower <= BUDGET_PERCENT
        && without.stream().allMatch(Drain.Result::exact)
        && with.stream().allMatch(Drain.Result::exact);
  }

  @Override
  public void close() throws Exception {
    bed.close();
  }
}
