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

/** Solar Proof: one script for everything, the action and the key in its query. */
final class SolarProofVendor implements Vendor {
  private static final String KEY = "sandbox-solarproof";
  private static final int PAGE = 50;

  private final SandboxRecords records;
  private final SandboxRecords subscriptions;
  private final SolarProofCustomers customers;
  private final VendorWebhooks sending;
  private final SolarProofWebhooks webhooks;

  SolarProofVendor(SandboxJournal journal, Vertx vertx) {
    records = journal.records("solarproof.customers");
    subscriptions = journal.records("solarproof.subscriptions");
    customers = new SolarProofCustomers(records);
    SandboxRecords settings = journal.records("solarproof.webhooks");
    sending = new VendorWebhooks("solarproof", Set.of("delayMillis"), settings, vertx);
    webhooks = new SolarProofWebhooks(subscriptions, sending);
  }

  @Override
  public String name() {
    return "solarproof";
  }

  @Override
  public Map<String, SandboxRecords> holds() {
    return Map.of("customers", records, "subscriptions", subscriptions);
  }

  @Override
  public Optional<VendorWebhooks> webhooks() {
    return Optional.of(sending);
  }

  @Override
  public Map<String, String> settings(String url) {
    return Map.of("SOLARPROOF_URL", url, "SOLARPROOF_API_KEY", KEY);
  }

  @Override
  public void mount(Router router, Handler<RoutingContext> gate) {
    router.route("/apidata.php").handler(gate).handler(this::dispatch);
    sending.mount(router);
    new SolarProofPeople(customers, webhooks).mount(router);
  }

  private void dispatch(RoutingContext call) {
    String action = String.valueOf(call.request().getParam("action"));
    ObjectNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    JsonNode data = body.path("data");
    if (!KEY.equals(call.request().getParam("api_key"))) {
      if (action.endsWith("subscribe_customer")) {
        SolarProofWebhooks.say(call, "Invalid API key");
      } else {
        error(call, 401, "INVALID_API_KEY", "Invalid API key");
      }
      return;
    }
    if (data instanceof ObjectNode fields) {
      fields.remove("status"); // Solar Proof, Create and Update a customer: nobody can write it
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

  /** Solar Proof, Get all customers: a bare array, 50 a page, no total. */
  private void list(RoutingContext call) {
    String page = call.request().getParam("page");
    int first = page != null && page.matches("[1-9]\\d{0,5}") ? Integer.parseInt(page) - 1 : 0;
    ArrayNode answer = SandboxResponse.JSON.createArrayNode();
    records.all().stream()
        .skip((long) first * PAGE)
        .limit(PAGE)
        .forEach(customer -> answer.add(SolarProofCustomers.asRead(customer)));
    SandboxResponse.about(call, "getallcustomers");
    SandboxResponse.json(call, 200, answer);
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
      SandboxResponse.about(call, action);
      error(call, 404, "CUSTOMER_NOT_FOUND", "Customer not found");
    } else {
      SandboxResponse.about(call, action + " " + text(customer.get(), "pkcustomerid"));
      SandboxResponse.json(call, 200, SolarProofCustomers.asRead(customer.get()));
    }
  }

  private void create(RoutingContext call, JsonNode data) {
    Optional<String> mistake = SolarProofCustomers.mistakeInNew(data);
    if (mistake.isPresent()) {
      SandboxResponse.about(call, "createcustomer");
      error(call, 400, "INVALID_PARAMETERS", mistake.get());
      return;
    }
    String id = customers.create(data);
    webhooks.created(
        customers.byId(id).orElseThrow(),
        () -> confirm(call, "createcustomer", "Customer created successfully!", "id", id));
  }

  private void update(RoutingContext call, JsonNode data) {
    Optional<String> mistake = SolarProofCustomers.mistakeInType(data);
    Optional<String> id = mistake.isPresent() ? Optional.empty() : customers.update(data);
    if (id.isPresent()) {
      confirm(call, "updatecustomer", "Customer updated successfully!", "CustomerId", id.get());
    } else {
      SandboxResponse.about(call, "updatecustomer");
      mistake.ifPresentOrElse(
          message -> error(call, 400, "INVALID_PARAMETERS", message),
          () -> error(call, 404, "CUSTOMER_NOT_FOUND", "Customer not found"));
    }
  }

  private static void confirm(
      RoutingContext call, String action, String message, String idName, String id) {
    SandboxResponse.about(call, action + " " + id);
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
