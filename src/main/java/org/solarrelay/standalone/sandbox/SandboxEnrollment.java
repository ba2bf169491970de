package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Creates and changes enrollments of Flip's Utility API (Flip, Update enrollment). */
final class SandboxEnrollment {
  private static final Set<String> STATUSES =
      Set.of(
          "CREATED",
          "ACTIVE",
          "NEEDS_ACTION",
          "PENDING",
          "REJECTED",
          "UNENROLLED",
          "SUBMITTED",
          "PAUSED");

  private SandboxEnrollment() {}

  /** The two initial enrollments, of the customers of the simulated Enerflo's initial installs. */
  static Map<String, ObjectNode> seeds() {
    return Map.of(
        "00000000-0000-4000-8000-000000000901",
        seed("00000000-0000-4000-8000-000000000901", SandboxPerson.FIRST),
        "00000000-0000-4000-8000-000000000902",
        seed("00000000-0000-4000-8000-000000000902", SandboxPerson.SECOND));
  }

  /** Checks a change. Flip's page marks only group_ids as optional. */
  static Optional<FlipError> validate(ObjectNode change) {
    if (!STATUSES.contains(change.path("status").asText())) {
      return Optional.of(FlipError.invalid("body", "status", "Input should be one of " + STATUSES));
    }
    if (!change.path("status_reason").isTextual()) {
      return Optional.of(FlipError.invalid("body", "status_reason", "Field required"));
    }
    JsonNode groups = change.path("group_ids");
    if (!groups.isMissingNode() && !groups.isNull() && !groups.isArray()) {
      return Optional.of(FlipError.invalid("body", "group_ids", "Input should be a valid list"));
    }
    return Optional.empty();
  }

  /**
   * Applies a change to an enrollment.
   *
   * @param groupName maps a group's id to its name
   */
  static ObjectNode apply(
      ObjectNode enrollment, ObjectNode change, UnaryOperator<String> groupName) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String status = change.get("status").asText();
    enrollment.put("status", status);
    enrollment.put("status_reason", change.get("status_reason").asText());
    enrollment.put("updated_at", now);
    if (status.equals("ACTIVE") && enrollment.path("enrolled_at").isNull()) {
      enrollment.put("enrolled_at", now);
    }
    if (status.equals("UNENROLLED")) {
      enrollment.put("unenrolled_at", now);
    }
    if (change.path("group_ids") instanceof ArrayNode ids) {
      ArrayNode groups = ((ObjectNode) enrollment.get("site")).putArray("groups");
      ids.forEach(
          id ->
              groups.addObject().put("id", id.asText()).put("name", groupName.apply(id.asText())));
    }
    return enrollment;
  }

  private static ObjectNode seed(String id, SandboxPerson person) {
    String created = "2026-01-15T09:00:00Z";
    ObjectNode enrollment = SandboxResponse.JSON.createObjectNode();
    enrollment.put("created_at", created).putArray("devices");
    enrollment.putNull("enrolled_at").put("id", id).putArray("program_specific_attributes");
    ObjectNode site = enrollment.putObject("site");
    site.put("id", "site-" + id.substring(id.length() - 3)).putNull("company_name");
    site.put("first_name", person.firstName()).put("last_name", person.lastName());
    site.put("email", person.email()).put("street_address", person.street());
    site.putNull("street_address2").put("city", person.city());
    site.put("state_code", person.state()).put("zip_code", person.zip());
    site.putNull("service_account_id").putArray("groups");
    site.put("created_at", created).put("updated_at", created);
    enrollment.put("status", "SUBMITTED").putNull("status_reason");
    return enrollment.putNull("unenrolled_at").put("updated_at", created);
  }
}
