package org.solarrelay.vendor.enerflo.lead;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.Lead;

/** An address in a request to Enerflo's Leads API: either {@code full} or the four parts. */
record EnerfloAddress(String full, String street, String city, String state, String zip) {

  private static final Pattern ZIP_PLUS_FOUR = Pattern.compile("(\\d{5})-?\\d{4}");

  private static final EnerfloAddress NONE = of(Lead.Address.builder().build());

  /** The address of a lead. A full address wins over its parts. */
  static EnerfloAddress of(Lead.Address address) {
    if (address == null) {
      return NONE;
    }
    boolean inParts = address.full() == null;
    return new EnerfloAddress(
        address.full(),
        inParts ? withUnit(address.street(), address.unit()) : null,
        inParts ? address.city() : null,
        inParts ? address.state() : null,
        inParts ? fiveDigits(address.zip()) : null);
  }

  boolean isEmpty() {
    return Stream.of(full, street, city, state, zip).allMatch(Objects::isNull);
  }

  private static String withUnit(String street, String unit) {
    return street == null
        ? null
        : Stream.of(street, unit).filter(Objects::nonNull).collect(Collectors.joining(" "));
  }

  private static String fiveDigits(String zip) {
    Matcher longForm = zip == null ? null : ZIP_PLUS_FOUR.matcher(zip);
    return longForm != null && longForm.matches() ? longForm.group(1) : zip;
  }
}
