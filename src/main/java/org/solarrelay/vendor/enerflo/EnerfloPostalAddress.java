package org.solarrelay.vendor.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Objects;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead.Address;
import org.solarrelay.event.normal.AddressRegion;
import org.solarrelay.event.normal.PostalCodeNormalizer;

/** Reads an address of Enerflo, with the field names of 1.0 or of 2.0, or from one line of text. */
public final class EnerfloPostalAddress {

  /** The country of an address without country and state. */
  private static final String DEFAULT_REGION = "US";

  private EnerfloPostalAddress() {}

  /**
   * The customer's address; null where Enerflo has none. {@code address} is an object, a text with
   * the whole address, or a text with the street beside {@code city} and {@code zip}.
   */
  public static Address of(JsonFields customer) {
    JsonFields address = customer.in("address");
    if (address.isObject()) {
      return ofParts(address);
    }
    String text = nonEmpty(customer.text("address"));
    if (customer.text("city", "zip") != null) {
      return inParts(customer, text);
    }
    return text == null ? null : whole(text, address);
  }

  /** The address in an object's own fields; null where they hold none. */
  public static Address ofParts(JsonFields address) {
    String street = address.text("street", "line1");
    String full = nonEmpty(address.text("full_address", "fullAddress"));
    return street == null && full != null ? whole(full, address) : inParts(address, street);
  }

  private static Address inParts(JsonFields parts, String street) {
    String city = parts.text("city");
    String state = parts.text("state");
    String country = parts.text("country");
    String zip = zip(parts, state, country);
    if (street == null && city == null && zip == null) {
      return null;
    }
    return Address.builder()
        .street(street)
        .unit(parts.text("unit", "line2"))
        .city(city)
        .state(state)
        .zip(zip)
        .county(parts.text("county"))
        .country(country)
        .lat(degrees(parts.text("latitude", "lat"), 90))
        .lng(degrees(parts.text("longitude", "lng"), 180))
        .build();
  }

  private static Address whole(String full, JsonFields place) {
    return Address.builder()
        .full(full)
        .lat(degrees(place.text("latitude", "lat"), 90))
        .lng(degrees(place.text("longitude", "lng"), 180))
        .build();
  }

  /** The text; null for a text of commas only, which stands for an empty address. */
  private static String nonEmpty(String full) {
    return full != null && full.chars().anyMatch(Character::isLetterOrDigit) ? full : null;
  }

  /** The postal code. Enerflo 2.0 sends a number, which has lost its leading zeros. */
  private static String zip(JsonFields address, String state, String country) {
    JsonNode sent = address.node().path(address.text("zip") != null ? "zip" : "postalCode");
    String region =
        AddressRegion.of(
            Objects.requireNonNullElse(country, ""),
            Objects.requireNonNullElse(state, ""),
            address.text("zip", "postalCode") == null ? "" : sent.asText(),
            "");
    return PostalCodeNormalizer.normalize(sent, region.isEmpty() ? DEFAULT_REGION : region)
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
