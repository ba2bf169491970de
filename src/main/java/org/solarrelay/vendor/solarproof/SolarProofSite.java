package org.solarrelay.vendor.solarproof;

import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead.Address;
import org.solarrelay.event.normal.PostalCodeNormalizer;

/** Reads the address of a customer's site in Solar Proof. */
final class SolarProofSite {

  private SolarProofSite() {}

  /**
   * The address: one line of text, or parts; in a response with projects, the site of the first
   * project. Australian postcodes have four digits; a JSON number loses the leading zero of the
   * Northern Territory.
   *
   * @return null where the customer has no address
   */
  static Address of(JsonFields customer) {
    Address own =
        of(
            customer.text("site_address", "customer_site_address", "siteAddress"),
            customer.in("site_address"));
    JsonFields project = new JsonFields(customer.node().path("projects").path(0));
    return own == null ? of(project.text("site_address"), project.in("site_address")) : own;
  }

  private static Address of(String full, JsonFields parts) {
    String number = parts.text("streetnum");
    String street = parts.text("street");
    String line = number == null || street == null ? street : number + " " + street;
    String suburb = parts.text("suburb");
    String state = parts.text("state");
    String postcode =
        PostalCodeNormalizer.normalize(parts.node().path("postcode"), "AU").orElse(null);
    boolean empty = full == null && line == null && suburb == null && postcode == null;
    return empty
        ? null
        : Address.builder()
            .full(full)
            .street(line)
            .city(suburb)
            .state(state)
            .zip(postcode)
            .country(parts.text("country"))
            .build();
  }
}
