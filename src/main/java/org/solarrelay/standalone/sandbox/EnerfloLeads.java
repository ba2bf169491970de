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

  /** Fields of a call that are not fields of the lead. */
  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "createDeal",
          "add_note",
          "ignore_validation",
          "full_name",
          "execute_new_customer",
          "office_match");

  /** Fields of a lead that the documented response does not have. */
  private static final List<String> INTERNAL =
      List.of("integration_record_id", "notes", "appointments", "surveyFiles", "fullAddress");

  private final SandboxRecords leads;
  private final SandboxRecords deals;

  EnerfloLeads(SandboxRecords leads, SandboxRecords deals) {
    this.leads = leads;
    this.deals = deals;
  }

  /** Creates or updates a lead, and returns Enerflo's response, also for an invalid call. */
  ObjectNode add(JsonNode call, JsonNode appointment, JsonNode survey) {
    String key = call.path("integration_record_id").asText("");
    if (key.isBlank()) {
      return error("integration_record_id is required");
    }
    boolean exists = leads.get(key).isPresent();
    ObjectNode lead = leads.get(key).orElseGet(this::blank);
    write(lead, call);
    if (!hasAddress(lead)
        && !Set.of("1", "true").contains(call.path("ignore_validation").asText())) {
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
    // the files are large, so only their names are stored
    survey.path("files").forEach(file -> lead.withArray("surveyFiles").add(file.path("name")));
    return store(key, lead, call, exists ? "Lead Updated" : "Lead Created");
  }

  /** Edits a lead that exists, and creates a deal for it (Enerflo, Schedule Audit). */
  ObjectNode audit(ObjectNode call) {
    String key = call.path("integration_record_id").asText("");
    if (call.path("creator").asText("").isBlank() || key.isBlank()) {
      return error("creator and integration_record_id are required");
    }
    return leads
        .get(key)
        .map(
            lead -> {
              write(lead, call);
              return store(key, lead, call, "Lead Updated");
            })
        .orElseGet(() -> error("No customer found for this integration_record_id"));
  }

  /** The stored lead with Enerflo's own id. */
  Optional<ObjectNode> byId(int id) {
    return leads.all().stream()
        .filter(lead -> lead.path("id").asInt() == id)
        .findFirst()
        .map(ObjectNode::deepCopy);
  }

  /** The integration_record_id of the lead with Enerflo's own id. */
  Optional<String> recordIdOf(int id) {
    return leads.entries().stream()
        .filter(lead -> lead.getValue().path("id").asInt() == id)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Creates or changes a lead as a user of Enerflo, who needs no address. */
  ObjectNode saveByUser(String key, ObjectNode call) {
    ObjectNode lead = leads.get(key).orElseGet(this::blank);
    write(lead, call.without("integration_record_id"));
    leads.put(key, lead.put("updated_at", now()));
    return lead;
  }

  private ObjectNode store(String key, ObjectNode lead, JsonNode call, String message) {
    if (!call.path("add_note").asText("").isBlank()) {
      lead.withArray("notes").add(call.get("add_note"));
    }
    leads.put(key, lead.put("updated_at", now()));
    if (!call.path("createDeal").asText("").isBlank()) {
      ObjectNode deal = SandboxResponse.JSON.createObjectNode().put("integration_record_id", key);
      deals.put(UUID.randomUUID().toString(), deal.set("type", call.get("createDeal")));
    }
    ObjectNode response = SandboxResponse.JSON.createObjectNode().put("result", "success");
    ObjectNode visible = lead.deepCopy().remove(INTERNAL);
    response.putObject("data").put("msg", message).set("lead", visible);
    return response;
  }

  private ObjectNode blank() {
    ObjectNode lead = SandboxResponse.JSON.createObjectNode();
    lead.put("id", FIRST_ID + leads.size()).put("company_id", 1089).put("office_id", 1000);
    lead.putNull("external_id").put("created_at", now());
    return lead;
  }

  /** Enerflo, Schedule Audit: an empty field becomes null; a missing field stays unchanged. */
  private static void write(ObjectNode lead, JsonNode call) {
    call.fields()
        .forEachRemaining(
            field -> {
              if (!INSTRUCTIONS.contains(field.getKey())) {
                boolean empty = field.getValue().asText("").isEmpty();
                lead.set(field.getKey(), empty ? lead.nullNode() : field.getValue());
              }
            });
    String[] names = call.path("full_name").asText("").strip().split("\\s+", 2);
    if (!names[0].isEmpty() && !call.has("first_name")) {
      lead.put("first_name", names[0]).put("last_name", names.length > 1 ? names[1] : null);
    }
  }

  private static boolean hasAddress(ObjectNode lead) {
    return Stream.of("fullAddress", "address", "city", "state", "zip")
        .anyMatch(field -> !lead.path(field).asText("").isBlank() && !lead.path(field).isNull());
  }

  private static ObjectNode error(String message) {
    ObjectNode response = SandboxResponse.JSON.createObjectNode().put("result", "error");
    response.putObject("data").put("msg", message);
    return response;
  }

  private static String now() {
    return LocalDateTime.now(ZoneOffset.UTC).format(UTC);
  }
}
