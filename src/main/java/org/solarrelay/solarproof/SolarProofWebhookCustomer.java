package org.solarrelay.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Lead.Address;
import org.solarrelay.event.Lead.Company;

/**
 * A customer as Solar Proof's webhooks tell it, in the newer words ({@code customer_id}), the older
 * ones ({@code pkcustomerid}) and those of the customer object (Solar Proof, Webhook Events
 * Reference and Customers API).
 */
final class SolarProofWebhookCustomer {

  private static final Map<String, String> STATUSES =
      Map.of("0", "No Status", "1", "New Contacts", "2", "Signed", "3", "Mega Status");

  private static final Map<String, String> KINDS =
      Map.of("1", "residential", "2", "commercial", "3", "large-scale");

  private SolarProofWebhookCustomer() {}

  static String id(JsonFields customer) {
    return customer.text("customer_id", "pkcustomerid");
  }

  static Lead toLead(JsonFields customer) {
    PersonName name =
        PersonName.of(
            customer.text("first_name", "customer_first_name", "customerfirstname"),
            customer.text("surname", "customer_last_name", "customersurname"),
            customer.text("customer_name"));
    AustralianPhones phones =
        AustralianPhones.of(
            customer.text("phone_primary", "customer_phone_1", "customerphone1"),
            customer.text("phone_secondary", "customer_phone_2", "customerphone2"));
    return new Lead(
        name.first(),
        name.last(),
        customer.text("customer_name"),
        customer.email("customer_email", "customeremail"),
        phones.mobile(),
        phones.other(),
        kind(customer.text("customer_type_id", "customer_type", "fkcustomertypeid")),
        company(customer),
        address(customer),
        status(customer),
        null,
        null,
        customer.email("assigned_user_email"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of("solarproof.customer", id(customer)));
  }

  /** A number becomes the account's word for it; a number without a word, or a word, stays. */
  private static String status(JsonFields customer) {
    String status =
        customer.text("new_status", "customer_status_id", "customer_status", "fkcustomerstatusid");
    return status == null ? null : STATUSES.getOrDefault(status, status);
  }

  private static String kind(String type) {
    String word = type == null ? "" : type.toLowerCase(Locale.ROOT).replaceAll("[ _]", "-");
    return KINDS.getOrDefault(word, KINDS.containsValue(word) ? word : null);
  }

  private static Company company(JsonFields customer) {
    String name = customer.text("company_name", "customercompanyname");
    String phone = customer.text("company_phone", "customercompanyphone");
    String taxId = customer.text("abn", "customerabn");
    Boolean gst = yes(customer.node(), "gst_registered", "customergstregistered");
    // a household's "not registered" says nothing about a company
    boolean exists = name != null || phone != null || taxId != null || Boolean.TRUE.equals(gst);
    return exists ? new Company(name, phone, taxId, gst) : null;
  }

  private static Boolean yes(JsonNode customer, String newName, String oldName) {
    JsonNode value = customer.has(newName) ? customer.path(newName) : customer.path(oldName);
    String text = value.isValueNode() ? value.asText().strip().toLowerCase(Locale.ROOT) : "";
    boolean no = Set.of("0", "false", "not gst registered").contains(text);
    return Set.of("1", "true", "gst registered").contains(text) ? Boolean.TRUE : no ? false : null;
  }

  /** One line of text, or parts; Australian postcodes have four digits and are never padded. */
  private static Address address(JsonFields customer) {
    String full = customer.text("site_address", "customer_site_address");
    JsonFields parts = customer.in("site_address");
    String number = parts.text("streetnum");
    String street = parts.text("street");
    String line = number == null || street == null ? street : number + " " + street;
    String suburb = parts.text("suburb");
    String state = parts.text("state");
    String postcode = parts.text("postcode");
    boolean empty = full == null && line == null && suburb == null && postcode == null;
    return empty
        ? null
        : new Address(
            full, line, null, suburb, state, postcode, null, parts.text("country"), null, null);
  }
}
