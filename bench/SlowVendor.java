import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Simulates Enerflo, Solar Proof and a CRM, which respond to every call after the same time, on one
 * event loop. Counts calls, the time from the first to the last response, and events of a record
 * that arrive after a later one. {@code GET /figures} returns the counts, {@code POST /reset}
 * resets them; after {@code POST /down?vendor} a vendor responds 503, until {@code POST
 * /up?vendor}.
 */
final class SlowVendor {

  static final List<String> NAMES = List.of("enerflo", "solarproof", "crm");

  /** An event's place among those of its record, wherever in the body its name stands. */
  private static final Pattern EVENT = Pattern.compile("Record(\\d+)\\D{1,20}Event(\\d+)");

  /** Notified of each event that a vendor receives. */
  interface Listener {

    /**
     * @param nanos {@link System#nanoTime()} of the call; of the look-up before it, where the
     *     program first asks Solar Proof for the record
     */
    void received(String vendor, int record, int event, long nanos);
  }

  private final Vertx vertx = Vertx.vertx();
  private final long delayMillis;
  private final Map<String, Vendor> vendors = new TreeMap<>();

  private static final class Vendor {
    private final String name;
    private final Listener listener;
    private final Map<String, Integer> newest = new HashMap<>();
    private final Map<Long, Long> lookUps = new HashMap<>();
    private boolean down;
    private int calls;
    private int events;
    private int outOfOrder;
    private int repeated;
    private int atOnce;
    private int mostAtOnce;
    private long first;
    private long last;

    private Vendor(String name, Listener listener) {
      this.name = name;
      this.listener = listener;
    }

    void reset() {
      newest.clear();
      lookUps.clear();
      calls = 0;
      events = 0;
      outOfOrder = 0;
      repeated = 0;
      mostAtOnce = 0;
    }

    void arrived(String uri, String body) {
      long now = System.nanoTime();
      first = calls++ == 0 ? now : first;
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      Matcher named = EVENT.matcher(body);
      if (!named.find()) {
        lookUps.putIfAbsent(number(uri), now);
        return;
      }
      int record = Integer.parseInt(named.group(1));
      int event = Integer.parseInt(named.group(2));
      Long lookUp = lookUps.remove((long) record);
      listener.received(name, record, event, lookUp == null ? now : lookUp);
      count(named.group(1), event);
    }

    private void count(String record, int number) {
      int before = newest.getOrDefault(record, 0);
      if (number > before) {
        events++;
        newest.put(record, number);
      } else if (number == before) {
        repeated++;
      } else {
        outOfOrder++;
      }
    }

    JsonObject figures() {
      return new JsonObject()
          .put("calls", calls)
          .put("events", events)
          .put("outOfOrder", outOfOrder)
          .put("repeated", repeated)
          .put("mostAtOnce", mostAtOnce)
          .put("seconds", (last - first) / 1e9);
    }
  }

  SlowVendor(long delayMillis, Listener listener) {
    this.delayMillis = delayMillis;
    NAMES.forEach(name -> vendors.put(name, new Vendor(name, listener)));
  }

  /**
   * @param args the port, the milliseconds until an answer
   */
  public static void main(String... args) throws Exception {
    new SlowVendor(Long.parseLong(args[1]), (vendor, record, event, nanos) -> {})
        .listen(Integer.parseInt(args[0]));
    System.out.println("ready");
    System.in.read();
    System.exit(0);
  }

  /** Returns once the port is open. */
  void listen(int port) {
    vertx
        .createHttpServer()
        .requestHandler(request -> request.bodyHandler(body -> handle(request, body.toString())))
        .listen(port, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void handle(HttpServerRequest request, String body) {
    switch (request.path()) {
      case "/figures" -> tellFigures(request);
      case "/reset" -> {
        vendors.values().forEach(Vendor::reset);
        request.response().end();
      }
      case "/down", "/up" -> {
        vendors.get(request.query()).down = request.path().equals("/down");
        request.response().end();
      }
      case "/api/v1/partner/action/lead/add" ->
          take(
              request,
              "enerflo",
              body,
              200,
              "{\"result\":\"success\",\"data\":{\"lead\":{\"id\":%d}}}");
      case "/crm" -> take(request, "crm", body, 204, "");
      case "/apidata.php" -> take(request, "solarproof", body, 200, solarProof(request));
      default -> request.response().setStatusCode(404).end();
    }
  }

  private static String solarProof(HttpServerRequest request) {
    return "getcustomerByemail".equals(request.getParam("action"))
        ? "{\"customer_id\":\"%d\"}".formatted(number(request.getParam("customer_email")))
        : "{\"Message\":\"ok\",\"CustomerId\":\"%d\"}";
  }

  private void tellFigures(HttpServerRequest request) {
    JsonObject all = new JsonObject();
    vendors.forEach((name, vendor) -> all.put(name, vendor.figures()));
    request.response().end(all.encode());
  }

  private void take(
      HttpServerRequest request, String name, String body, int status, String answer) {
    Vendor vendor = vendors.get(name);
    if (vendor.down) {
      request.response().setStatusCode(503).end();
      return;
    }
    vendor.arrived(request.uri(), body);
    String text = answer.contains("%d") ? answer.formatted(number(body)) : answer;
    vertx.setTimer(
        delayMillis,
        waited -> {
          vendor.atOnce--;
          vendor.last = System.nanoTime();
          request
              .response()
              .setStatusCode(status)
              .putHeader("content-type", "application/json")
              .end(text);
        });
  }

  /** The number of the record that a text names first: every system knows a record by it. */
  private static long number(String text) {
    Matcher record = Pattern.compile("[Rr]ecord(\\d+)").matcher(text);
    return record.find() ? Long.parseLong(record.group(1)) : 0;
  }
}
