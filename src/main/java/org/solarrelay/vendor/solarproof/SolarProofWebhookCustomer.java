package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Lead.Company;
import org.solarrelay.event.normal.LeadKindNormalizer;
import org.solarrelay.event.normal.NameParser;
import org.solarrelay.event.normal.NumberNormalizer;
import org.solarrelay.event.normal.PersonName;

/**
 * Reads a customer of Solar Proof. The field names differ between newer webhooks ({@code
 * customer_id}), older webhooks ({@code pkcustomerid}), the customer object, reading, writing and a
 * project's customer (Solar Proof, Webhook Events Reference and Customers API). This class accepts
 * all these names everywhere.
 */
final class SolarProofWebhookCustomer {

  private static final Map<String, String> STATUSES =
      Map.of(
          "0", "No Status",
          "1", "New Contacts",
          "2", "Signed",
          "3", "Mega Status",
          "No Status Set", "No Status");

  private static final Map<String, String> KINDS =
      Map.of("1", "residential", "2", "commercial", "3", "large-scale");

  private SolarProofWebhookCustomer() {}

  static String id(JsonFields customer) {
    return customer.text("customer_id", "pkcustomerid", "customerID");
  }

  /** The customer as a lead. */
  static Lead toLead(JsonFields customer) {
    PersonName name =
        NameParser.complete(
            customer.text(
                "first_name", "customer_first_name", "customerfirstname", "firstname", "firstName"),
            customer.text("surname", "customer_last_name", "customersurname", "lastName"),
            customer.text("customer_name"));
    AustralianPhones phones =
        AustralianPhones.of(
            customer.text("phone_primary", "customer_phone_1", "customerphone1", "phone1"),
            customer.text("phone_secondary", "customer_phone_2", "customerphone2", "phone2"));
    return Lead.builder()
        .firstName(name.first())
        .lastName(name.last())
        .fullName(customer.text("customer_name"))
        .email(customer.email("customer_email", "customeremail", "email"))
        .mobile(phones.mobile())
        .phone(phones.other())
        .kind(kind(customer.text("customer_type_id", "customer_type", "fkcustomertypeid", "type")))
        .company(company(customer))
        .address(SolarProofSite.of(customer))
        .status(status(customer))
        .owner(owner(customer))
        .ids(Map.of(SolarProofMapper.CUSTOMER, id(customer)))
        .build();
  }

  private static String owner(JsonFields customer) {
    String email = customer.email("assigned_user_email", "useremail");
    return email == null ? customer.in("owner_user_info").email("email") : email;
  }

  /** The status by name: a number becomes Solar Proof's word; any other text stays. */
  private static String status(JsonFields customer) {
    String status =
        customer.text("new_status", "customer_status_id", "customer_status", "fkcustomerstatusid");
    String number = status == null ? null : NumberNormalizer.ofText(status).orElse(status);
    return number == null ? null : STATUSES.getOrDefault(number, status);
  }

  private static String kind(String type) {
    return type == null
        ? null
        : Optional.ofNullable(KINDS.get(NumberNormalizer.ofText(type).orElse(type)))
            .or(() -> LeadKindNormalizer.normalize(type))
            .orElse(null);
  }

  private static Company company(JsonFields customer) {
    String name =
        customer.text(
            "company_name",
            "customer_company_name",
            "customercompanyname",
            "companyname",
            "companyName");
    String phone =
        customer.text(
            "company_phone", "customer_company_phone", "customercompanyphone", "companyphone");
    String taxId = customer.text("abn", "customerabn", "customer_abn");
    Boolean gst = gst(customer.node());
    // "not registered" alone is no sign of a company: households have it, too
    boolean exists = name != null || phone != null || taxId != null || Boolean.TRUE.equals(gst);
    return exists ? new Company(name, phone, taxId, gst) : null;
  }

  private static Boolean gst(JsonNode customer) {
    String text =
        Stream.of(
                "gst_registered",
                "customergstregistered",
                "customer_gst_status",
                "gststatus",
                "gstRegistered")
            .map(customer::path)
            .filter(JsonNode::isValueNode)
            .map(value -> value.asText().strip().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse("");
    boolean no = Set.of("0", "false", "not gst registered").contains(text);
    return Set.of("1", "true", "gst registered").contains(text) ? Boolean.TRUE : no ? false : null;
  }
}
