package org.solarrelay.event.normal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** Normalises an address in parts, or in one line. */
final class AddressNormalizer {

  private AddressNormalizer() {}

  /**
   * Normalises the fields of an address.
   *
   * @param usualRegion two-letter country of an address without country; may be empty
   * @return the two-letter country of the address; empty where unknown
   */
  static String normalize(FieldNormalizer address, String usualRegion) {
    address.singleTexts("full", "street", "city", "state", "county", "country");
    address.singleNumbers("unit", "zip", "lat", "lng");
    address.places("street", "unit", "city", "county", "state", "country");
    address.changeText("full", AddressLine::normalize, unusable -> {});
    address.words(CountryNormalizer::normalize, "country");
    splitPostalCode(address);
    nameCountry(address);
    address.words(StateNormalizer::normalize, "state");
    String region = region(address, usualRegion);
    postalCode(address, region);
    address.degrees("lat", 90);
    address.degrees("lng", 180);
    return region;
  }

  /** Adds the country to {@code Western Australia}: {@code WA} alone means Washington. */
  private static void nameCountry(FieldNormalizer address) {
    StateNormalizer.find(address.text("state")).stream()
        .findFirst()
        .filter(spelled -> address.text("country").isBlank())
        .filter(
            spelled ->
                !StateNormalizer.find(spelled.code()).get(0).country().equals(spelled.country()))
        .ifPresent(spelled -> put(address, "country", spelled.country()));
  }

  private static String region(FieldNormalizer address, String usualRegion) {
    String region =
        AddressRegion.of(
            address.text("country"),
            address.text("state"),
            address.text("zip"),
            address.text("full"));
    return region.isEmpty() ? usualRegion : region;
  }

  /** Splits {@code MA 02134} or {@code 02134 USA} in the field of the postal code or the state. */
  private static void splitPostalCode(FieldNormalizer address) {
    for (String field : new String[] {"zip", "state"}) {
      if (!address.object().path(field).isTextual() || isOneWord(address.text(field))) {
        continue;
      }
      AddressLine line = AddressLine.parse(address.text(field));
      if (field.equals("zip") && !line.country().isEmpty() && line.postalCode().isPresent()) {
        put(address, "zip", line.postalCode().get());
        if (address.text("country").isBlank()) {
          put(address, "country", line.country());
        }
      }
      if (!line.states().isEmpty() && line.postalCode().isPresent()) {
        String other = field.equals("zip") ? "state" : "zip";
        String state = line.states().get(0).code();
        put(address, field, field.equals("zip") ? line.postalCode().get() : state);
        if (address.text(other).isBlank()) {
          put(address, other, field.equals("zip") ? state : line.postalCode().get());
        }
      }
    }
  }

  /** Whether the text is one word, so that nothing stands beside a postal code or state. */
  private static boolean isOneWord(String text) {
    return text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-'));
  }

  private static void postalCode(FieldNormalizer address, String region) {
    JsonNode written = address.object().path("zip");
    String text = address.text("zip");
    if (!text.isBlank()) {
      Optional<String> code = PostalCodeNormalizer.normalize(written, region);
      code.ifPresentOrElse(
          normal -> put(address, "zip", normal),
          () -> address.leaveOut("zip", text, "is no postal code"));
    }
  }

  private static void put(FieldNormalizer address, String name, String text) {
    if (!address.object().path(name).equals(TextNode.valueOf(text))) {
      address.object().put(name, text);
    }
  }
}
