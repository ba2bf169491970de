package org.solarrelay.vendor.enerflo.webhook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloPhone;
import org.solarrelay.vendor.enerflo.EnerfloPostalAddress;

/**
 * Reads a customer in Enerflo's webhooks: 1.0 has names in snake_case ("New Customer Example"), 2.0
 * in camelCase ("Customer Created 2.0 Event Example").
 */
final class EnerfloWebhookCustomer {

  private static final Pattern PLACEHOLDER_NAME = Pattern.compile("(?i)unknown( unknown)?");

  private static final Project.Customer EMPTY = Project.Customer.builder().build();

  private EnerfloWebhookCustomer() {}

  /**
   * The customer as a lead.
   *
   * @param customer the customer's fields
   * @param idName the name of the customer's id in the lead's {@code ids}
   */
  static Lead toLead(JsonFields customer, String idName) {
    return lead(customer, idName).status(status(customer)).build();
  }

  /** The customer in a list of the 1.0 API as a lead. */
  static Lead ofList(JsonFields customer) {
    return lead(customer, EnerfloIds.CUSTOMER)
        .status(customer.text("lead_status", "status"))
        .build();
  }

  private static Lead.Builder lead(JsonFields customer, String idName) {
    return Lead.builder()
        .firstName(name(customer.text("first_name", "firstName")))
        .lastName(name(customer.text("last_name", "lastName")))
        .fullName(name(customer.text("full_name", "fullName")))
        .email(customer.email("email"))
        .mobile(EnerfloPhone.known(customer.text("mobile")))
        .phone(EnerfloPhone.known(customer.text("phone")))
        .address(EnerfloPostalAddress.of(customer))
        .source(customer.text("lead_source"))
        .ids(ids(customer, idName));
  }

  /** The customer of a project; null where all fields are missing. */
  static Project.Customer ofProject(JsonFields customer) {
    Project.Customer found =
        Project.Customer.builder()
            .id(customer.text("id"))
            .firstName(name(customer.text("first_name", "firstName")))
            .lastName(name(customer.text("last_name", "lastName")))
            .fullName(name(customer.text("full_name", "fullName", "name")))
            .email(customer.email("email"))
            .phone(EnerfloPhone.known(customer.text("phone")))
            .mobile(EnerfloPhone.known(customer.text("mobile")))
            .build();
    return found.equals(EMPTY) ? null : found;
  }

  /** Whether the lead has no name, e-mail address, phone number or address. */
  static boolean isEmpty(Lead lead) {
    return lead.firstName() == null
        && lead.lastName() == null
        && lead.fullName() == null
        && lead.email() == null
        && lead.mobile() == null
        && lead.phone() == null
        && lead.address() == null;
  }

  private static String name(String name) {
    return name == null || PLACEHOLDER_NAME.matcher(name).matches() ? null : name;
  }

  /** The lead's status in 1.0. In 2.0 the field means whether the record is in use. */
  private static String status(JsonFields customer) {
    return customer.text("webhook_event") == null ? null : customer.text("status");
  }

  private static Map<String, String> ids(JsonFields customer, String idName) {
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put(idName, customer.text("id"));
    String key = EnerfloRecordKey.of(customer);
    if (key != null) {
      ids.put(EnerfloIds.RECORD_ID, key);
    } else {
      ids.put(EnerfloIds.KEYLESS_CUSTOMER, customer.text("id"));
    }
    return ids;
  }
}
