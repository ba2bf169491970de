package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The read calls of Enerflo for customers, installs and notes. As at Enerflo, each list has another
 * name for the size of a page and for its total.
 */
final class EnerfloReadCalls {
  /** Enerflo's format of times, in UTC. */
  static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private static final int PAGE_SIZE = 20;

  private final SandboxRecords leads;
  private final SandboxRecords installs;
  private final SandboxRecords notes;

  EnerfloReadCalls(SandboxRecords leads, SandboxRecords installs, SandboxRecords notes) {
    this.leads = leads;
    this.installs = installs;
    this.notes = notes;
  }

  void mount(Router router) {
    router.get("/api/v1/customers").handler(this::customers);
    router.get("/api/v3/customers/:id").handler(this::customer);
    router.get("/api/v3/installs").handler(this::installs);
    router.get("/api/v3/installs/notes").handler(this::notes);
    router.get("/enerflo/customers/:id/:page").handler(EnerfloReadCalls::page);
  }

  private void customer(RoutingContext call) {
    String id = call.pathParam("id");
    Optional<ObjectNode> lead =
        leads.all().stream().filter(it -> is(it.path("id"), id)).findFirst();
    Optional<ObjectNode> customer =
        lead.or(
            () ->
                installs.all().stream()
                    .filter(it -> is(it.path("customer_id"), id))
                    .findFirst()
                    .map(it -> ((ObjectNode) it.path("customer").deepCopy()).put("id", id)));
    customer.ifPresentOrElse(
        found -> {
          SandboxResponse.setRecord(call, "customer " + id);
          // Enerflo sometimes wraps the customer
          SandboxResponse.json(
              call, 200, SandboxResponse.JSON.createObjectNode().set("customer", found));
        },
        () -> SandboxResponse.json(call, 404, EnerfloVendor.failure("Customer not found")));
  }

  private void customers(RoutingContext call) {
    ObjectNode response = SandboxResponse.JSON.createObjectNode().put("dataCount", leads.size());
    ArrayNode rows = response.putArray("data");
    page(leads.all().stream(), call, "pageSize").map(EnerfloWebhooks::listed).forEach(rows::add);
    SandboxResponse.setRecord(call, "customers");
    SandboxResponse.json(call, 200, response);
  }

  private void installs(RoutingContext call) {
    ObjectNode response = SandboxResponse.JSON.createObjectNode().put("total", installs.size());
    ArrayNode rows = response.putArray("results");
    page(installs.all().stream(), call, "per_page").forEach(rows::add);
    SandboxResponse.setRecord(call, "installs");
    SandboxResponse.json(call, 200, response);
  }

  private static Stream<ObjectNode> page(
      Stream<ObjectNode> records, RoutingContext call, String sizeName) {
    int size = number(call, sizeName, PAGE_SIZE);
    return records.skip((long) (number(call, "page", 1) - 1) * size).limit(size);
  }

  private void notes(RoutingContext call) {
    int size = number(call, "pageSize", PAGE_SIZE);
    int page = number(call, "page", 1);
    List<ObjectNode> all = notesAfter(call.request().getParam("created_after")).toList();
    ObjectNode response = SandboxResponse.JSON.createObjectNode();
    ArrayNode pageOfNotes = response.putArray("notes");
    all.stream().skip((long) (page - 1) * size).limit(size).forEach(pageOfNotes::add);
    SandboxResponse.json(call, 200, response.put("totalPages", (all.size() + size - 1) / size));
  }

  private Stream<ObjectNode> notesAfter(String time) {
    return notes.all().stream().filter(note -> time == null || isAfter(note, time));
  }

  private static boolean isAfter(ObjectNode note, String time) {
    try {
      LocalDateTime written = LocalDateTime.parse(note.path("created_at").asText(), UTC);
      return written.toInstant(ZoneOffset.UTC).isAfter(Instant.parse(time));
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  private static boolean is(JsonNode value, String text) {
    return value.asText().equals(text);
  }

  private static int number(RoutingContext call, String name, int fallback) {
    String given = call.request().getParam(name);
    return given != null && given.matches("[1-9]\\d{0,3}") ? Integer.parseInt(given) : fallback;
  }

  /** The page to which a hand-off redirects a browser. */
  private static void page(RoutingContext call) {
    String text = "Enerflo's %s of customer %s, simulated";
    boolean invalid =
        !call.pathParam("id").matches("\\d+") || !call.pathParam("page").matches("[a-z]+");
    if (invalid) {
      SandboxResponse.text(call, 404, "text/plain", "Not Found");
    } else {
      SandboxResponse.text(
          call, 200, "text/plain", text.formatted(call.pathParam("page"), call.pathParam("id")));
    }
  }
}
