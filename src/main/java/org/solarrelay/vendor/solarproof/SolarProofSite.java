package org.solarrelay.vendor.solarproof;

import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead.Address;
import org.solarrelay.event.normal.PostalCodeNormalizer;

/** Where a customer's panels are, or shall be, as Solar Proof tells it. */
final class SolarProofSite {

  private SolarProofSite() {}

  /**
   * One line of text, or parts, or, where the customer is read, the site of the first project.
   * Australian postcodes have four digits; those of the Northern Territory begin with a zero, which
   * a number loses.
   *
   * @return null where nothing is told
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
        : new Address(
            full, line, null, suburb, state, postcode, null, parts.text("country"), null, null);
  }
}
