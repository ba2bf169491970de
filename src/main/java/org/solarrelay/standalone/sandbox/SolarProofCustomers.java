package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Solar Proof's customers, stored with the field names of its write calls. Two customers may have
 * the same e-mail address, because the vendor documents no rule against it.
 */
final class SolarProofCustomers {
  private static final int FIRST_ID = 79459;
  private static final Map<String, String> READ_TYPES =
      Map.of(
          "RESIDENTIAL", "Residential", "COMMERCIAL", "Commercial", "LARGE-SCALE", "Large-Scale");
  private static final List<String> WRITABLE =
      List.of(
          "firstname",
          "surname",
          "email",
          "phone1",
          "phone2",
          "type",
          "companyname",
          "companyphone",
          "gststatus",
          "status");
  private static final List<String> READ_STATUSES =
      List.of("No Status Set", "New Contacts", "Signed", "Mega Status");

  private final SandboxRecords customers;
  private final Map<String, String> firstIdByEmail = new HashMap<>();

  SolarProofCustomers(SandboxRecords customers) {
    this.customers = customers;
    customers.all().stream()
        .sorted((a, b) -> id(a).compareTo(id(b)))
        .forEach(customer -> firstIdByEmail.putIfAbsent(email(customer), id(customer)));
  }

  /**
   * Finds a customer by e-mail address or, as the vendor's page allows in the same field, by id.
   */
  Optional<ObjectNode> find(String emailOrId) {
    String id = firstIdByEmail.get(emailOrId.toLowerCase(Locale.ROOT));
    return customers.get(id == null ? emailOrId : id);
  }

  Optional<ObjectNode> byId(String id) {
    return customers.get(id);
  }

  /** Creates a customer from a call or a user's action; only users can set a status. */
  String create(JsonNode data) {
    String id = String.valueOf(FIRST_ID + customers.size());
    ObjectNode customer = SandboxResponse.JSON.createObjectNode().put("pkcustomerid", id);
    store(customer.put("created_at", LocalDate.now().toString()), data);
    return id;
  }

  /**
   * Changes the given fields.
   *
   * @return the id; empty if there is no such customer
   */
  Optional<String> update(JsonNode data) {
    Optional<ObjectNode> known = customers.get(data.path("pkcustomerid").asText(""));
    known.ifPresent(customer -> store(customer, data));
    return known.map(SolarProofCustomers::id);
  }

  static Optional<String> validateNew(JsonNode data) {
    return Stream.of("firstname", "surname", "email", "phone1", "type")
        .filter(name -> data.path(name).asText("").isBlank())
        .findFirst()
        .map(name -> "Missing required parameter: " + name)
        .or(() -> validateType(data));
  }

  static Optional<String> validateType(JsonNode data) {
    return data.has("type") && !READ_TYPES.containsKey(data.get("type").asText())
        ? Optional.of("type must be one of " + READ_TYPES.keySet())
        : Optional.empty();
  }

  /**
   * The customer with the field names of Solar Proof's read calls, which differ from its writes.
   */
  static ObjectNode asRead(ObjectNode customer) {
    ObjectNode read = SandboxResponse.JSON.createObjectNode().put("customer_id", id(customer));
    read.set("customer_first_name", customer.get("firstname"));
    read.set("customer_last_name", customer.get("surname"));
    read.set("customer_email", customer.get("email"));
    read.set("customer_phone_1", customer.get("phone1"));
    read.set("customer_phone_2", customer.get("phone2"));
    read.set("customer_company_name", customer.get("companyname"));
    read.set("customer_company_phone", customer.get("companyphone"));
    read.put("customer_type", READ_TYPES.get(customer.path("type").asText()));
    read.put("customer_status", READ_STATUSES.get(customer.path("status").asInt()));
    boolean gst = customer.path("gststatus").asInt() == 1;
    read.put("customer_gst_status", gst ? "GST Registered" : "Not GST Registered");
    read.set("creation_date", customer.get("created_at"));
    read.putArray("customer_notes");
    read.putArray("projects");
    return read;
  }

  private void store(ObjectNode customer, JsonNode data) {
    String emailBefore = email(customer);
    for (String name : WRITABLE) {
      if (data.has(name)) {
        customer.set(name, data.get(name));
      }
    }
    if (!emailBefore.equals(email(customer))) {
      firstIdByEmail.remove(emailBefore, id(customer));
    }
    firstIdByEmail.putIfAbsent(email(customer), id(customer));
    customers.put(id(customer), customer);
  }

  private static String id(ObjectNode customer) {
    return customer.get("pkcustomerid").asText();
  }

  private static String email(ObjectNode customer) {
    return customer.path("email").asText().toLowerCase(Locale.ROOT);
  }
}
