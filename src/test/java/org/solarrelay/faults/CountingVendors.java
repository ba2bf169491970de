package org.solarrelay.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Enerflo, Solar Proof and a CRM that count. A call takes effect when it arrives and is answered
 * some time later, so whoever is killed in between does not know. Solar Proof refuses no second
 * customer with the same e-mail address (the vendor documents no rule against it).
 */
final class CountingVendors {

  static final List<String> NAMES = List.of("enerflo", "solarproof", "crm");

  /**
   * The name of the n-th event of a record, such as {@code kill-12-n3}, wherever a vendor has it.
   */
  private static final Pattern EVENT = Pattern.compile("([a-z]+-\\d+)-n(\\d+)");

  /** What a vendor was told: the n-th event of a record. */
  record Told(String vendor, String record, int number) {

    String event() {
      return record + "-n" + number;
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final Map<String, List<Integer>> customersByEmail = new ConcurrentHashMap<>();
  private final Map<String, Integer> leads = new HashMap<>();
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> inFlightByKey = new ConcurrentHashMap<>();
  private volatile int delayMillis = 1;
  private int customers;

  CountingVendors() throws Exception {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false));
    router.post("/api/v1/partner/action/lead/add").handler(call -> take(call, "enerflo"));
    router.route("/apidata.php").handler(call -> take(call, "solarproof"));
    router.post("/crm").handler(call -> take(call, "crm"));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  void answerAfter(int millis) {
    delayMillis = millis;
  }

  void fail(String vendor) {
    down.add(vendor);
  }

  void heal(String vendor) {
    down.remove(vendor);
  }

  /** From now on every vendor refuses what holds this text for good. */
  void refuse(String text) {
    refused.add(text);
  }

  /** All that a vendor was told of this case's events, in the order it came. */
  List<Told> told(String vendor, String prefix) {
    return told.stream()
        .filter(one -> one.vendor.equals(vendor) && one.record.startsWith(prefix + "-"))
        .toList();
  }

  /** The same without repetitions. */
  Set<String> events(String vendor, String prefix) {
    return told(vendor, prefix).stream().map(Told::event).collect(toSet());
  }

  Map<String, List<Integer>> numbersByRecord(String vendor, String prefix) {
    return told(vendor, prefix).stream()
        .collect(groupingBy(Told::record, mapping(Told::number, toList())));
  }

  /** Solar Proof's customers, by e-mail address. */
  Map<String, List<Integer>> customers(String prefix) {
    Map<String, List<Integer>> found = new HashMap<>(customersByEmail);
    found.keySet().removeIf(email -> !email.startsWith(prefix + "-"));
    return found;
  }

  /** How many calls of the relay with this key Enerflo has not answered. */
  int enerfloCallsInFlight(String key) {
    return inFlightByKey.getOrDefault(key, 0);
  }

  private void take(RoutingContext call, String vendor) {
    String key = call.request().getHeader("api-key");
    if (key != null) {
      inFlightByKey.merge(key, 1, Integer::sum);
      call.addEndHandler(ended -> inFlightByKey.merge(key, -1, Integer::sum));
    }
    if (down.contains(vendor)) {
      later(call, 503, "down");
      return;
    }
    String body = call.body().asString("UTF-8");
    if (body != null && refused.stream().anyMatch(body::contains)) {
      later(call, 422, "{\"code\":\"INVALID_PARAMETERS\",\"message\":\"refused\"}");
      return;
    }
    Matcher event = EVENT.matcher(body == null ? "" : body);
    if (event.find()) {
      told.add(new Told(vendor, event.group(1), Integer.parseInt(event.group(2))));
    }
    switch (vendor) {
      case "enerflo" -> lead(call);
      case "solarproof" -> solarProof(call);
      default -> later(call, 204, "");
    }
  }

  private void lead(RoutingContext call) {
    String key =
        call.body().asJsonObject().getJsonObject("lead").getString("integration_record_id");
    int id = leads.computeIfAbsent(key, unknown -> 1000 + leads.size());
    later(call, 200, "{\"result\":\"success\",\"data\":{\"lead\":{\"id\":%d}}}".formatted(id));
  }

  private void solarProof(RoutingContext call) {
    String action = call.request().getParam("action");
    if (action.equals("getcustomerByemail")) {
      find(call, call.request().getParam("customer_email"));
      return;
    }
    JsonObject customer = call.body().asJsonObject().getJsonObject("data");
    if (action.equals("createcustomer")) {
      int id = ++customers;
      customersByEmail
          .computeIfAbsent(customer.getString("email"), email -> new ArrayList<>())
          .add(id);
      later(call, 200, "{\"Message\":\"ok\",\"id\":\"%d\"}".formatted(id));
    } else {
      String id = String.valueOf(customer.getValue("pkcustomerid"));
      later(call, 200, "{\"Message\":\"ok\",\"CustomerId\":\"%s\"}".formatted(id));
    }
  }

  private void find(RoutingContext call, String email) {
    List<Integer> found = customersByEmail.get(email);
    if (found == null) {
      later(call, 404, "{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"none\"}");
    } else {
      later(call, 200, "{\"customer_id\":\"%d\"}".formatted(found.get(0)));
    }
  }

  private void later(RoutingContext call, int status, String body) {
    vertx.setTimer(
        delayMillis,
        waited -> {
          if (!call.response().closed()) {
            call.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
          }
        });
  }
}
