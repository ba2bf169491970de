package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Enerflo's installs, one for each deal. */
final class EnerfloInstalls {
  /** The four statuses of Enerflo's CRM guide; only the number of On Hold is documented. */
  static final Map<Integer, String> STATUSES =
      new TreeMap<>(Map.of(1, "Active", 2, "Completed", 3, "Voided", 4, "On Hold"));

  private static final int FIRST_ID = 901;
  private static final String UUID_PATTERN = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final List<String> MILESTONES =
      List.of("Site Survey", "Permit Approved", "Installation", "Permission to Operate");

  private final SandboxRecords installs;
  private final SandboxRecords deals;
  private final SandboxRecords leads;

  /** Creates two initial installs, of deals that end in 901 and 902. */
  EnerfloInstalls(SandboxRecords installs, SandboxRecords deals, SandboxRecords leads) {
    this.installs = installs;
    this.deals = deals;
    this.leads = leads;
    if (installs.size() == 0) {
      createFor("00000000-0000-4000-9000-000000000901", person(SandboxPerson.FIRST));
      createFor("00000000-0000-4000-9000-000000000902", person(SandboxPerson.SECOND));
    }
  }

  /**
   * Finds the install of a deal. Enerflo creates an install some time after its deal: any other
   * deal has no install at the first call, and an install at the second.
   */
  Optional<ObjectNode> findByDeal(String dealId) {
    if (!dealId.matches(UUID_PATTERN)) {
      return Optional.empty();
    }
    ObjectNode deal = deals.get(dealId).orElseGet(SandboxResponse.JSON::createObjectNode);
    if (deal.has("install")) {
      return installs.get(deal.get("install").asText());
    }
    if (deal.path("askedFor").asBoolean()) {
      String lead = deal.path("integration_record_id").asText();
      return Optional.of(
          createFor(dealId, leads.get(lead).orElseGet(SandboxResponse.JSON::createObjectNode)));
    }
    deals.put(dealId, deal.put("askedFor", true));
    return Optional.empty();
  }

  Optional<ObjectNode> get(String id) {
    return installs.get(id);
  }

  void put(ObjectNode install) {
    installs.put(install.get("id").asText(), install);
  }

  static ObjectNode withStatus(ObjectNode install, int statusId) {
    return install.put("status_id", statusId).put("status_name", STATUSES.get(statusId));
  }

  private ObjectNode createFor(String dealId, ObjectNode lead) {
    int id = FIRST_ID + installs.size();
    ObjectNode install =
        SandboxResponse.JSON.createObjectNode().put("id", id).put("company_id", 1089);
    install.put("customer_id", lead.path("id").asInt(70000 + id)).put("deal_id", dealId);
    withStatus(install, 1).put("system_size", 7.6).put("panel_count", 19);
    ObjectNode customer = install.putObject("customer");
    String name = lead.path("first_name").asText("") + " " + lead.path("last_name").asText("");
    customer.put("name", name.isBlank() ? "Unknown" : name.strip());
    for (String field :
        List.of("first_name", "last_name", "email", "address", "city", "state", "zip")) {
      customer.set(field, lead.path(field).isMissingNode() ? lead.nullNode() : lead.get(field));
    }
    ArrayNode milestones = install.putArray("milestones");
    for (int i = 0; i < MILESTONES.size(); i++) {
      ObjectNode milestone =
          milestones.addObject().put("id", i + 1).put("title", MILESTONES.get(i));
      milestone.putObject("install_milestone").putNull("start_date").putNull("completed_on");
    }
    put(install);
    ObjectNode deal = deals.get(dealId).orElseGet(SandboxResponse.JSON::createObjectNode);
    deals.put(dealId, deal.put("install", id));
    return install;
  }

  private static ObjectNode person(SandboxPerson person) {
    ObjectNode lead = SandboxResponse.JSON.createObjectNode();
    lead.put("first_name", person.firstName()).put("last_name", person.lastName());
    lead.put("email", person.email()).put("address", person.street()).put("city", person.city());
    return lead.put("state", person.state()).put("zip", person.zip());
  }
}
