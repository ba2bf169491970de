package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What people do on Solar Proof's own pages: {@code POST /sandbox/solarproof/customers} makes a
 * customer, {@code PUT /sandbox/solarproof/customers/{id}} changes one. The fields are those that
 * createcustomer takes, and {@code status} from 0 to 3, which no call of Solar Proof's can write.
 */
final class SolarProofPeople {
  private final SolarProofCustomers customers;
  private final SolarProofWebhooks webhooks;

  SolarProofPeople(SolarProofCustomers customers, SolarProofWebhooks webhooks) {
    this.customers = customers;
    this.webhooks = webhooks;
  }

  void mount(Router router) {
    router.post("/sandbox/solarproof/customers").handler(this::create);
    router.put("/sandbox/solarproof/customers/:id").handler(this::change);
  }

  private void create(RoutingContext call) {
    ObjectNode given = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    Optional<String> mistake =
        SolarProofCustomers.mistakeInNew(given).or(() -> mistakeInStatus(given));
    if (mistake.isPresent()) {
      error(call, 400, mistake.get());
      return;
    }
    ObjectNode customer = customers.byId(customers.create(given)).orElseThrow();
    webhooks.created(customer, () -> SandboxResponse.json(call, 200, customer));
  }

  private void change(RoutingContext call) {
    ObjectNode given = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    Optional<String> mistake =
        SolarProofCustomers.mistakeInType(given).or(() -> mistakeInStatus(given));
    if (mistake.isPresent()) {
      error(call, 400, mistake.get());
      return;
    }
    String id = call.pathParam("id");
    Optional<ObjectNode> before = customers.byId(id);
    if (before.isEmpty()) {
      error(call, 404, "no such customer");
      return;
    }
    customers.update(given.put("pkcustomerid", id));
    ObjectNode customer = customers.byId(id).orElseThrow();
    int was = before.get().path("status").asInt();
    if (was == customer.path("status").asInt()) {
      SandboxResponse.json(call, 200, customer); // Solar Proof has no event for any other change
    } else {
      webhooks.statusChanged(customer, was, () -> SandboxResponse.json(call, 200, customer));
    }
  }

  private static Optional<String> mistakeInStatus(JsonNode given) {
    JsonNode status = given.path("status");
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
