package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Simulates users on Solar Proof's own pages: {@code POST /sandbox/solarproof/customers} creates a
 * customer, {@code PUT /sandbox/solarproof/customers/{id}} changes one. The fields are those of
 * createcustomer, and {@code status} from 0 to 3, which no call can write.
 */
final class SolarProofUserActions {
  private final SolarProofCustomers customers;
  private final SolarProofWebhooks webhooks;

  SolarProofUserActions(SolarProofCustomers customers, SolarProofWebhooks webhooks) {
    this.customers = customers;
    this.webhooks = webhooks;
  }

  void mount(Router router) {
    router.post("/sandbox/solarproof/customers").handler(this::create);
    router.put("/sandbox/solarproof/customers/:id").handler(this::change);
  }

  private void create(RoutingContext call) {
    ObjectNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    Optional<String> problem = SolarProofCustomers.validateNew(body).or(() -> validateStatus(body));
    if (problem.isPresent()) {
      error(call, 400, problem.get());
      return;
    }
    ObjectNode customer = customers.byId(customers.create(body)).orElseThrow();
    webhooks.sendCreated(customer, () -> SandboxResponse.json(call, 200, customer));
  }

  private void change(RoutingContext call) {
    ObjectNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    Optional<String> problem =
        SolarProofCustomers.validateType(body).or(() -> validateStatus(body));
    if (problem.isPresent()) {
      error(call, 400, problem.get());
      return;
    }
    String id = call.pathParam("id");
    Optional<ObjectNode> before = customers.byId(id);
    if (before.isEmpty()) {
      error(call, 404, "no such customer");
      return;
    }
    customers.update(body.put("pkcustomerid", id));
    ObjectNode customer = customers.byId(id).orElseThrow();
    int statusBefore = before.get().path("status").asInt();
    if (statusBefore == customer.path("status").asInt()) {
      SandboxResponse.json(call, 200, customer); // Solar Proof has no webhook for any other change
    } else {
      webhooks.sendStatusChanged(
          customer, statusBefore, () -> SandboxResponse.json(call, 200, customer));
    }
  }

  private static Optional<String> validateStatus(JsonNode body) {
    JsonNode status = body.path("status");
    boolean known = status.isInt() && status.intValue() >= 0 && status.intValue() <= 3;
    return status.isMissingNode() || known
        ? Optional.empty()
        : Optional.of("status must be a number from 0 to 3");
  }

  private static void error(RoutingContext call, int status, String message) {
    SandboxResponse.json(
        call, status, SandboxResponse.JSON.createObjectNode().put("error", message));
  }
}
