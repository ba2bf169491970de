package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Enerflo's leads, one for each integration_record_id (Enerflo, Leads API). */
final class EnerfloLeads {
  private static final int FIRST_ID = 55555;
  private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** What a call asks for besides what it says of the lead. */
  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "createDeal",
          "add_note",
          "ignore_validation",
          "full_name",
          "execute_new_customer",
          "office_match");

  /** What the documented answer does not show of a lead. */
  private static final List<String> INTERNAL =
      List.of("integration_record_id", "notes", "appointments", "surveyFiles", "fullAddress");

  private final SandboxRecords leads;
  private final SandboxRecords deals;

  EnerfloLeads(SandboxRecords leads, SandboxRecords deals) {
    this.leads = leads;
    this.deals = deals;
  }

  /** Creates or updates; what is wrong with the call stands in the answer. */
  ObjectNode add(JsonNode given, JsonNode appointment, JsonNode survey) {
    String key = given.path("integration_record_id").asText("");
    if (key.isBlank()) {
      return error("integration_record_id is required");
    }
    boolean known = leads.get(key).isPresent();
    ObjectNode lead = leads.get(key).orElseGet(this::blank);
    write(lead, given);
    if (!hasAddress(lead)
        && !Set.of("1", "true").contains(given.path("ignore_validation").asText())) {
      return error("An address is required: fullAddress, or address, city, state and zip");
    }
    if (appointment.isObject()) {
      for (String field : List.of("apt_type_id", "date_time", "name")) {
        if (appointment.path(field).asText("").isBlank()) {
          return error("appointment." + field + " is required");
        }
      }
      lead.withArray("appointments").add(appointment);
    }
    // the files are large: their names will do
    survey.path("files").forEach(file -> lead.withArray("surveyFiles").add(file.path("name")));
    return keep(key, lead, given, known ? "Lead Updated" : "Lead Created");
  }

  /** Edits a lead that exists, and creates a deal for it (Enerflo, Schedule Audit). */
  ObjectNode audit(ObjectNode given) {
    String key = given.path("integration_record_id").asText("");
    if (given.path("creator").asText("").isBlank() || key.isBlank()) {
      return error("creator and integration_record_id are required");
    }
    return leads
        .get(key)
        .map(
            lead -> {
              write(lead, given);
              return keep(key, lead, given, "Lead Updated");
            })
        .orElseGet(() -> error("No customer found for this integration_record_id"));
  }

  /** A lead with all that is kept of it, by Enerflo's own id. */
  Optional<ObjectNode> byId(int id) {
    return leads.all().stream()
        .filter(lead -> lead.path("id").asInt() == id)
        .findFirst()
        .map(ObjectNode::deepCopy);
  }

  /** What lead/add knows it by. */
  Optional<String> keyOf(int id) {
    return leads.entries().stream()
        .filter(lead -> lead.getValue().path("id").asInt() == id)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** A person makes or changes a lead, and needs no address for it. */
  ObjectNode byHand(String key, ObjectNode given) {
    ObjectNode lead = leads.get(key).orElseGet(this::blank);
    write(lead, given.without("integration_record_id"));
    leads.put(key, lead.put("updated_at", now()));
    return lead;
  }

  private ObjectNode keep(String key, ObjectNode lead, JsonNode given, String message) {
    if (!given.path("add_note").asText("").isBlank()) {
      lead.withArray("notes").add(given.get("add_note"));
    }
    leads.put(key, lead.put("updated_at", now()));
    if (!given.path("createDeal").asText("").isBlank()) {
      ObjectNode deal = SandboxResponse.JSON.createObjectNode().put("integration_record_id", key);
      deals.put(UUID.randomUUID().toString(), deal.set("type", given.get("createDeal")));
    }
    ObjectNode answer = SandboxResponse.JSON.createObjectNode().put("result", "success");
    ObjectNode shown = lead.deepCopy().remove(INTERNAL);
    answer.putObject("data").put("msg", message).set("lead", shown);
    return answer;
  }

  private ObjectNode blank() {
    ObjectNode lead = SandboxResponse.JSON.createObjectNode();
    lead.put("id", FIRST_ID + leads.size()).put("company_id", 1089).put("office_id", 1000);
    lead.putNull("external_id").put("created_at", now());
    return lead;
  }

  /** Enerflo, Schedule Audit: what is sent empty becomes null; what is not sent stays. */
  private static void write(ObjectNode lead, JsonNode given) {
    given
        .fields()
        .forEachRemaining(
            field -> {
              if (!INSTRUCTIONS.contains(field.getKey())) {
                boolean empty = field.getValue().asText("").isEmpty();
                lead.set(field.getKey(), empty ? lead.nullNode() : field.getValue());
              }
            });
    String[] names = given.path("full_name").asText("").strip().split("\\s+", 2);
    if (!names[0].isEmpty() && !given.has("first_name")) {
      lead.put("first_name", names[0]).put("last_name", names.length > 1 ? names[1] : null);
    }
  }

  private static boolean hasAddress(ObjectNode lead) {
    return Stream.of("fullAddress", "address", "city", "state", "zip")
        .anyMatch(field -> !lead.path(field).asText("").isBlank() && !lead.path(field).isNull());
  }

  private static ObjectNode error(String message) {
    ObjectNode answer = SandboxResponse.JSON.createObjectNode().put("result", "error");
    answer.putObject("data").put("msg", message);
    return answer;
  }

  private static String now() {
    return LocalDateTime.now(ZoneOffset.UTC).format(UTC);
  }
}
