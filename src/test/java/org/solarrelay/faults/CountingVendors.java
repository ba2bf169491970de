package org.solarrelay.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.faults.VendorServer.Answer;

/**
 * Enerflo, Solar Proof and a CRM that count. A call takes effect when it arrives and is answered
 * some time later, so whoever is killed in between does not know.
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

  private final Map<String, VendorServer> servers = new HashMap<>();
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private final SolarProofStub solarProof = new SolarProofStub();
  private final Map<String, Integer> leads = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> inFlightByKey = new ConcurrentHashMap<>();

  CountingVendors() throws Exception {
    Vertx vertx = Vertx.vertx();
    servers.put("enerflo", new VendorServer(vertx, this::enerflo));
    servers.put("solarproof", new VendorServer(vertx, call -> count(call, "solarproof")));
    servers.put("crm", new VendorServer(vertx, call -> count(call, "crm")));
  }

  String url(String vendor) {
    return servers.get(vendor).url();
  }

  void answerAfter(int millis) {
    servers.values().forEach(server -> server.answerAfter(millis));
  }

  void fare(String vendor, Mood mood) throws Exception {
    servers.get(vendor).fare(mood);
  }

  /** From now on every vendor refuses what holds this text for good. */
  void refuse(String text) {
    refused.add(text);
  }

  /** All that a vendor was told of this case's events, in the order it came. */
  List<Told> told(String vendor, String prefix) {
    return told.stream()
        .filter(one -> one.vendor.equals(vendor) && one.record.startsWith(prefix))
        .toList();
  }

  /** The same without repetitions. */
  Set<String> events(String vendor, String prefix) {
    return told(vendor, prefix).stream().map(Told::event).collect(toSet());
  }

  /** How many calls told a vendor what it had been told already. */
  int repeated(String vendor, String prefix) {
    return told(vendor, prefix).size() - events(vendor, prefix).size();
  }

  Map<String, List<Integer>> numbersByRecord(String vendor, String prefix) {
    return told(vendor, prefix).stream()
        .collect(groupingBy(Told::record, mapping(Told::number, toList())));
  }

  /** Solar Proof's customers, by e-mail address. */
  Map<String, List<Integer>> customers(String prefix) {
    return solarProof.customers(prefix);
  }

  /** How many calls of the relay with this key Enerflo has not answered. */
  int enerfloCallsInFlight(String key) {
    return inFlightByKey.getOrDefault(key, 0);
  }

  private Answer enerflo(RoutingContext call) {
    String key = call.request().getHeader("api-key");
    inFlightByKey.merge(key, 1, Integer::sum);
    call.addEndHandler(ended -> inFlightByKey.merge(key, -1, Integer::sum));
    return count(call, "enerflo");
  }

  private Answer count(RoutingContext call, String vendor) {
    String body = call.body().asString("UTF-8");
    if (body != null && refused.stream().anyMatch(body::contains)) {
      return new Answer(422, "{\"code\":\"INVALID_PARAMETERS\",\"message\":\"refused\"}");
    }
    Matcher event = EVENT.matcher(body == null ? "" : body);
    if (event.find()) {
      told.add(new Told(vendor, event.group(1), Integer.parseInt(event.group(2))));
    }
    return switch (vendor) {
      case "enerflo" -> enerfloAnswer(call);
      case "solarproof" -> solarProof.answer(call);
      default -> new Answer(200, "{}");
    };
  }

  private Answer enerfloAnswer(RoutingContext call) {
    JsonObject body = call.body().length() > 0 ? call.body().asJsonObject() : new JsonObject();
    JsonObject lead = body.getJsonObject("lead");
    if (lead == null) {
      return new Answer(200, "{\"success\":true}");
    }
    String key = lead.getString("integration_record_id");
    int id = leads.computeIfAbsent(key, unknown -> 1000 + leads.size());
    return new Answer(
        200, "{\"result\":\"success\",\"data\":{\"lead\":{\"id\":%d}}}".formatted(id));
  }
}
