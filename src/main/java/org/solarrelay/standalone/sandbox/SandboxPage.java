package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person sees of the simulated vendors, and how a person makes one misbehave.
 *
 * <p>{@code GET /sandbox} shows all with their latest records, {@code GET /sandbox/{vendor}} one
 * with every record, {@code PUT /sandbox/{vendor}} sets {@code delayMillis} and {@code status}.
 * What people do at a vendor is its own affair: {@link SolarProofPeople}, {@link EnerfloPeople}.
 */
final class SandboxPage {
  private static final int LATEST = 50;

  private final Map<Vendor, CallGate> gates;

  SandboxPage(Map<Vendor, CallGate> gates) {
    this.gates = gates;
  }

  void mount(Router router) {
    router.get("/sandbox").handler(this::showAll);
    router.get("/sandbox/:vendor").handler(this::showOne);
    router.put("/sandbox/:vendor").handler(this::misbehave);
  }

  private void showAll(RoutingContext call) {
    ObjectNode all = SandboxResponse.JSON.createObjectNode();
    gates.forEach((vendor, gate) -> all.set(vendor.name(), show(vendor, LATEST)));
    SandboxResponse.json(call, 200, all);
  }

  private void showOne(RoutingContext call) {
    named(call)
        .ifPresent(vendor -> SandboxResponse.json(call, 200, show(vendor, Integer.MAX_VALUE)));
  }

  private void misbehave(RoutingContext call) {
    named(call)
        .ifPresent(
            vendor -> {
              Optional<String> mistake =
                  SandboxResponse.object(call)
                      .map(gates.get(vendor)::misbehave)
                      .orElse(Optional.of("the body must be a JSON object"));
              if (mistake.isPresent()) {
                SandboxResponse.json(call, 400, error(mistake.get()));
              } else {
                SandboxResponse.json(call, 200, gates.get(vendor).describe());
              }
            });
  }

  private Optional<Vendor> named(RoutingContext call) {
    String name = call.pathParam("vendor");
    Optional<Vendor> vendor =
        gates.keySet().stream().filter(known -> known.name().equals(name)).findFirst();
    if (vendor.isEmpty()) {
      List<String> names = gates.keySet().stream().map(Vendor::name).toList();
      SandboxResponse.json(
          call, 404, error("no such vendor; there are " + String.join(", ", names)));
    }
    return vendor;
  }

  private ObjectNode show(Vendor vendor, int most) {
    ObjectNode shown = gates.get(vendor).describe();
    vendor.webhooks().ifPresent(webhooks -> shown.set("webhooks", webhooks.describe()));
    ObjectNode holds = shown.putObject("holds");
    vendor
        .holds()
        .forEach(
            (kind, records) -> {
              ObjectNode node = holds.putObject(kind).put("count", records.size());
              ArrayNode latest = node.putArray("latest");
              List<ObjectNode> all = records.all();
              for (int i = all.size() - 1; i >= Math.max(0, all.size() - most); i--) {
                latest.add(all.get(i));
              }
            });
    return shown;
  }

  private static ObjectNode error(String message) {
    return SandboxResponse.JSON.createObjectNode().put("error", message);
  }
}
