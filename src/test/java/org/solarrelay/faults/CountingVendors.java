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
import org.solarrelay.faults.VendorServer.Response;

/**
 * Stubs of Enerflo, Solar Proof and a CRM that count calls. A call takes effect on arrival, and its
 * response follows later, so a relay killed in between does not know the result.
 */
final class CountingVendors {

  static final List<String> NAMES = List.of("enerflo", "solarproof", "crm");

  /**
   * The name of the n-th event of a record, such as {@code kill-12-n3}, wherever a vendor has it.
   */
  private static final Pattern EVENT = Pattern.compile("([a-z]+-\\d+)-n(\\d+)");

  /** An event that a vendor received: the n-th of a record. */
  record ReceivedEvent(String vendor, String record, int number) {

    String event() {
      return record + "-n" + number;
    }
  }

  private final Map<String, VendorServer> servers = new HashMap<>();
  private final Queue<ReceivedEvent> received = new ConcurrentLinkedQueue<>();
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

  void respondAfter(int millis) {
    servers.values().forEach(server -> server.respondAfter(millis));
  }

  void behave(String vendor, VendorBehavior mood) throws Exception {
    servers.get(vendor).behave(mood);
  }

  /** Makes every vendor reject calls with this text permanently. */
  void refuse(String text) {
    refused.add(text);
  }

  /** Returns this case's events in the order in which a vendor received them. */
  List<ReceivedEvent> received(String vendor, String prefix) {
    return received.stream()
        .filter(one -> one.vendor.equals(vendor) && one.record.startsWith(prefix))
        .toList();
  }

  /** Returns this case's events without duplicates. */
  Set<String> events(String vendor, String prefix) {
    return received(vendor, prefix).stream().map(ReceivedEvent::event).collect(toSet());
  }

  /** Returns how many calls were duplicates. */
  int repeated(String vendor, String prefix) {
    return received(vendor, prefix).size() - events(vendor, prefix).size();
  }

  Map<String, List<Integer>> numbersByRecord(String vendor, String prefix) {
    return received(vendor, prefix).stream()
        .collect(groupingBy(ReceivedEvent::record, mapping(ReceivedEvent::number, toList())));
  }

  /** Solar Proof's customers, by e-mail address. */
  Map<String, List<Integer>> customers(String prefix) {
    return solarProof.customers(prefix);
  }

  /** Returns how many calls with this key wait for Enerflo's response. */
  int enerfloCallsInFlight(String key) {
    return inFlightByKey.getOrDefault(key, 0);
  }

  private Response enerflo(RoutingContext call) {
    String key = call.request().getHeader("api-key");
    inFlightByKey.merge(key, 1, Integer::sum);
    call.addEndHandler(ended -> inFlightByKey.merge(key, -1, Integer::sum));
    return count(call, "enerflo");
  }

  private Response count(RoutingContext call, String vendor) {
    String body = call.body().asString("UTF-8");
    if (body != null && refused.stream().anyMatch(body::contains)) {
      return new Response(422, "{\"code\":\"INVALID_PARAMETERS\",\"message\":\"refused\"}");
    }
    Matcher event = EVENT.matcher(body == null ? "" : body);
    if (event.find()) {
      received.add(new ReceivedEvent(vendor, event.group(1), Integer.parseInt(event.group(2))));
    }
    return switch (vendor) {
      case "enerflo" -> enerfloResponse(call);
      case "solarproof" -> solarProof.respond(call);
      default -> new Response(200, "{}");
    };
  }

  private Response enerfloResponse(RoutingContext call) {
    JsonObject body = call.body().length() > 0 ? call.body().asJsonObject() : new JsonObject();
    JsonObject lead = body.getJsonObject("lead");
    if (lead == null) {
      return new Response(200, "{\"success\":true}");
    }
    String key = lead.getString("integration_record_id");
    int id = leads.computeIfAbsent(key, unknown -> 1000 + leads.size());
    return new Response(
        200, "{\"result\":\"success\",\"data\":{\"lead\":{\"id\":%d}}}".formatted(id));
  }
}
