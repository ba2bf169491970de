package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Simulates Solar Proof: one script for all calls, with action and key in the query. */
final class SolarProofVendor implements SimulatedVendor {
  private static final String KEY = "sandbox-solarproof";
  private static final int PAGE_SIZE = 50;

  private final SandboxRecords records;
  private final SandboxRecords subscriptions;
  private final SolarProofCustomers customers;
  private final VendorWebhooks vendorWebhooks;
  private final SolarProofWebhooks webhooks;

  SolarProofVendor(SandboxJournal journal, Vertx vertx) {
    records = journal.records("solarproof.customers");
    subscriptions = journal.records("solarproof.subscriptions");
    customers = new SolarProofCustomers(records);
    SandboxRecords settings = journal.records("solarproof.webhooks");
    vendorWebhooks = new VendorWebhooks("solarproof", Set.of("delayMillis"), settings, vertx);
    webhooks = new SolarProofWebhooks(subscriptions, vendorWebhooks);
  }

  @Override
  public String name() {
    return "solarproof";
  }

  @Override
  public Map<String, SandboxRecords> records() {
    return Map.of("customers", records, "subscriptions", subscriptions);
  }

  @Override
  public Optional<VendorWebhooks> webhooks() {
    return Optional.of(vendorWebhooks);
  }

  @Override
  public Map<String, String> settings(String url) {
    return Map.of("SOLARPROOF_URL", url, "SOLARPROOF_API_KEY", KEY);
  }

  @Override
  public void mount(Router router, Handler<RoutingContext> gate) {
    router.route("/apidata.php").handler(gate).handler(this::dispatch);
    vendorWebhooks.mount(router);
    new SolarProofUserActions(customers, webhooks).mount(router);
  }

  private void dispatch(RoutingContext call) {
    String action = String.valueOf(call.request().getParam("action"));
    ObjectNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    JsonNode data = body.path("data");
    if (!KEY.equals(call.request().getParam("api_key"))) {
      if (action.endsWith("subscribe_customer")) {
        SolarProofWebhooks.reject(call, "Invalid API key");
      } else {
        error(call, 401, "INVALID_API_KEY", "Invalid API key");
      }
      return;
    }
    if (data instanceof ObjectNode fields) {
      fields.remove("status"); // Solar Proof, Create and Update a customer: not writable
    }
    switch (action) {
      case "getallcustomers" -> list(call);
      case "getcustomerByemail", "getcustomerid", "getcustomer" -> find(call, action, data);
      case "createcustomer" -> create(call, data);
      case "updatecustomer" -> update(call, data);
      case "subscribe_customer" -> webhooks.subscribe(call);
      case "unsubscribe_customer" -> webhooks.unsubscribe(call);
      default -> error(call, 400, "INVALID_PARAMETERS", "Unknown action");
    }
  }

  /** Solar Proof, Get all customers: an array of 50 a page, without total. */
  private void list(RoutingContext call) {
    String page = call.request().getParam("page");
    int first = page != null && page.matches("[1-9]\\d{0,5}") ? Integer.parseInt(page) - 1 : 0;
    ArrayNode response = SandboxResponse.JSON.createArrayNode();
    records.all().stream()
        .skip((long) first * PAGE_SIZE)
        .limit(PAGE_SIZE)
        .forEach(customer -> response.add(SolarProofCustomers.asRead(customer)));
    SandboxResponse.setRecord(call, "getallcustomers");
    SandboxResponse.json(call, 200, response);
  }

  private void find(RoutingContext call, String action, JsonNode data) {
    Optional<ObjectNode> customer =
        List.of("customer_email", "customer_id").stream()
            .map(
                name -> Optional.ofNullable(call.request().getParam(name)).orElse(text(data, name)))
            .filter(value -> !value.isBlank())
            .findFirst()
            .flatMap(customers::find);
    if (customer.isEmpty()) {
      SandboxResponse.setRecord(call, action);
      error(call, 404, "CUSTOMER_NOT_FOUND", "Customer not found");
    } else {
      SandboxResponse.setRecord(call, action + " " + text(customer.get(), "pkcustomerid"));
      SandboxResponse.json(call, 200, SolarProofCustomers.asRead(customer.get()));
    }
  }

  private void create(RoutingContext call, JsonNode data) {
    Optional<String> problem = SolarProofCustomers.validateNew(data);
    if (problem.isPresent()) {
      SandboxResponse.setRecord(call, "createcustomer");
      error(call, 400, "INVALID_PARAMETERS", problem.get());
      return;
    }
    String id = customers.create(data);
    webhooks.sendCreated(
        customers.byId(id).orElseThrow(),
        () -> confirm(call, "createcustomer", "Customer created successfully!", "id", id));
  }

  private void update(RoutingContext call, JsonNode data) {
    Optional<String> problem = SolarProofCustomers.validateType(data);
    Optional<String> id = problem.isPresent() ? Optional.empty() : customers.update(data);
    if (id.isPresent()) {
      confirm(call, "updatecustomer", "Customer updated successfully!", "CustomerId", id.get());
    } else {
      SandboxResponse.setRecord(call, "updatecustomer");
      problem.ifPresentOrElse(
          message -> error(call, 400, "INVALID_PARAMETERS", message),
          () -> error(call, 404, "CUSTOMER_NOT_FOUND", "Customer not found"));
    }
  }

  private static void confirm(
      RoutingContext call, String action, String message, String idName, String id) {
    SandboxResponse.setRecord(call, action + " " + id);
    SandboxResponse.json(
        call, 200, SandboxResponse.JSON.createObjectNode().put("Message", message).put(idName, id));
  }

  private static void error(RoutingContext call, int status, String code, String message) {
    ObjectNode body =
        SandboxResponse.JSON.createObjectNode().put("code", code).put("message", message);
    SandboxResponse.json(call, status, body);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }
}
