package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HTTP endpoints to inspect the simulated vendors and to inject faults.
 *
 * <p>{@code GET /sandbox} lists all vendors with their latest records, {@code GET
 * /sandbox/{vendor}} lists one vendor with all its records. {@code PUT /sandbox/{vendor}} sets the
 * faults of {@link CallGate}.
 */
final class SandboxEndpoints {
  private static final int MAX_LATEST = 50;

  private final Map<SimulatedVendor, CallGate> gates;

  SandboxEndpoints(Map<SimulatedVendor, CallGate> gates) {
    this.gates = gates;
  }

  void mount(Router router) {
    router.get("/sandbox").handler(this::showAll);
    router.get("/sandbox/:vendor").handler(this::showOne);
    router.put("/sandbox/:vendor").handler(this::setFaults);
  }

  private void showAll(RoutingContext call) {
    ObjectNode all = SandboxResponse.JSON.createObjectNode();
    gates.forEach((vendor, gate) -> all.set(vendor.name(), show(vendor, MAX_LATEST)));
    SandboxResponse.json(call, 200, all);
  }

  private void showOne(RoutingContext call) {
    findVendor(call)
        .ifPresent(vendor -> SandboxResponse.json(call, 200, show(vendor, Integer.MAX_VALUE)));
  }

  private void setFaults(RoutingContext call) {
    findVendor(call)
        .ifPresent(
            vendor -> {
              Optional<String> problem =
                  SandboxResponse.object(call)
                      .map(gates.get(vendor)::setFaults)
                      .orElse(Optional.of("the body must be a JSON object"));
              if (problem.isPresent()) {
                SandboxResponse.json(call, 400, error(problem.get()));
              } else {
                SandboxResponse.json(call, 200, gates.get(vendor).describe());
              }
            });
  }

  private Optional<SimulatedVendor> findVendor(RoutingContext call) {
    String name = call.pathParam("vendor");
    Optional<SimulatedVendor> vendor =
        gates.keySet().stream().filter(known -> known.name().equals(name)).findFirst();
    if (vendor.isEmpty()) {
      List<String> names = gates.keySet().stream().map(SimulatedVendor::name).toList();
      SandboxResponse.json(
          call, 404, error("no such vendor; there are " + String.join(", ", names)));
    }
    return vendor;
  }

  private ObjectNode show(SimulatedVendor vendor, int maxRecords) {
    ObjectNode shown = gates.get(vendor).describe();
    vendor.webhooks().ifPresent(webhooks -> shown.set("webhooks", webhooks.describe()));
    ObjectNode holds = shown.putObject("holds");
    vendor
        .records()
        .forEach(
            (kind, records) -> {
              ObjectNode node = holds.putObject(kind).put("count", records.size());
              ArrayNode latest = node.putArray("latest");
              List<ObjectNode> all = records.all();
              for (int i = all.size() - 1; i >= Math.max(0, all.size() - maxRecords); i--) {
                latest.add(all.get(i));
              }
            });
    return shown;
  }

  private static ObjectNode error(String message) {
    return SandboxResponse.JSON.createObjectNode().put("error", message);
  }
}
