package org.solarrelay.vendor.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Objects;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead.Address;
import org.solarrelay.event.normal.AddressRegion;
import org.solarrelay.event.normal.PostalCodeNormalizer;

/** An address as Enerflo tells it, under the names of 1.0, of 2.0, or as one line of text. */
public final class EnerfloPostalAddress {

  /** Where an address is that names neither country nor state. */
  private static final String USUAL_REGION = "US";

  private EnerfloPostalAddress() {}

  /**
   * The customer's address, or null where Enerflo has none. It is an object, a text that is the
   * whole address, or a text that is the street, beside city and zip.
   */
  public static Address of(JsonFields customer) {
    JsonFields address = customer.in("address");
    if (address.isObject()) {
      return ofParts(address);
    }
    String text = written(customer.text("address"));
    return customer.text("city", "zip") != null
        ? address(customer, text, null)
        : address(address, null, text);
  }

  /** The address that an object's own fields tell, or null where they tell none. */
  public static Address ofParts(JsonFields address) {
    return address(
        address,
        address.text("street", "line1"),
        written(address.text("full_address", "fullAddress")));
  }

  private static Address address(JsonFields parts, String street, String full) {
    String city = parts.text("city");
    String state = parts.text("state");
    String country = parts.text("country");
    String zip = zip(parts, state, country);
    boolean inParts = street != null || full == null && (city != null || zip != null);
    if (!inParts) {
      return full == null ? null : ofWhole(full, parts);
    }
    return new Address(
        null,
        street,
        parts.text("unit", "line2"),
        city,
        state,
        zip,
        parts.text("county"),
        country,
        degrees(parts.text("latitude", "lat"), 90),
        degrees(parts.text("longitude", "lng"), 180));
  }

  private static Address ofWhole(String full, JsonFields place) {
    return new Address(
        full,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        degrees(place.text("latitude", "lat"), 90),
        degrees(place.text("longitude", "lng"), 180));
  }

  /** Full addresses of nothing but commas are empty ones. */
  private static String written(String full) {
    return full != null && full.chars().anyMatch(Character::isLetterOrDigit) ? full : null;
  }

  /** Enerflo 2.0 sends postal codes as numbers, which lose their leading zeros. */
  private static String zip(JsonFields address, String state, String country) {
    JsonNode sent = address.node().path(address.text("zip") != null ? "zip" : "postalCode");
    String region =
        AddressRegion.of(
            Objects.requireNonNullElse(country, ""),
            Objects.requireNonNullElse(state, ""),
            address.text("zip", "postalCode") == null ? "" : sent.asText(),
            "");
    return PostalCodeNormalizer.normalize(sent, region.isEmpty() ? USUAL_REGION : region)
        .orElse(null);
  }

  private static BigDecimal degrees(String text, int limit) {
    try {
      double degrees = text == null ? Double.NaN : Double.parseDouble(text);
      return Math.abs(degrees) <= limit ? BigDecimal.valueOf(degrees) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
