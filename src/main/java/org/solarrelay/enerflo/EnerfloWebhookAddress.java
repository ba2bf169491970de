package org.solarrelay.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead.Address;

/** The address in Enerflo's webhooks, under the names of 1.0, of 2.0, or as one line of text. */
final class EnerfloWebhookAddress {

  private static final Set<String> UNITED_STATES =
      Set.of("US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA");

  // WA is missing on purpose: it is Washington more often than Western Australia
  private static final Set<String> AUSTRALIAN_STATES =
      Set.of("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC");

  private EnerfloWebhookAddress() {}

  /** The customer's address, or null where Enerflo has none. */
  static Address of(JsonFields customer) {
    JsonFields address = customer.in("address");
    String full = written(customer.text("address"), address.text("full_address", "fullAddress"));
    String street = address.text("street", "line1");
    String city = address.text("city");
    String state = address.text("state");
    String country = address.text("country");
    String zip = zip(address, state, country);
    boolean inParts = street != null || full == null && (city != null || zip != null);
    if (!inParts && full == null) {
      return null;
    }
    return new Address(
        inParts ? null : full,
        inParts ? street : null,
        inParts ? address.text("unit", "line2") : null,
        inParts ? city : null,
        inParts ? state : null,
        inParts ? zip : null,
        inParts ? address.text("county") : null,
        inParts ? country : null,
        degrees(address.text("latitude", "lat"), 90),
        degrees(address.text("longitude", "lng"), 180));
  }

  /** Full addresses of nothing but commas are empty ones. */
  private static String written(String asText, String asField) {
    String full = asText != null ? asText : asField;
    return full != null && full.chars().anyMatch(Character::isLetterOrDigit) ? full : null;
  }

  /** Enerflo 2.0 sends postal codes as numbers, which costs American ones their leading zeros. */
  private static String zip(JsonFields address, String state, String country) {
    String zip = address.text("zip", "postalCode");
    if (zip == null || zip.matches("0+")) {
      return null;
    }
    JsonNode sent = address.node().path(address.text("zip") != null ? "zip" : "postalCode");
    boolean lostZeros = sent.isIntegralNumber() && zip.length() < 5;
    return lostZeros && american(state, country) ? "0".repeat(5 - zip.length()) + zip : zip;
  }

  private static boolean american(String state, String country) {
    return country != null
        ? UNITED_STATES.contains(country.toUpperCase(Locale.ROOT))
        : state == null || !AUSTRALIAN_STATES.contains(state.toUpperCase(Locale.ROOT));
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
