package org.solarrelay.vendor.enerflo;

import java.util.Objects;
import org.solarrelay.event.Lead;
import org.solarrelay.event.normal.AddressRegion;
import org.solarrelay.event.normal.PhoneNumberNormalizer;

/** Writes phone numbers in the form of Enerflo's Leads API: digits without country code. */
public final class EnerfloPhone {

  private EnerfloPhone() {}

  /** The number; null for the placeholder "(000) 000-0000". */
  public static String known(String number) {
    return number == null || number.chars().noneMatch(c -> c >= '1' && c <= '9') ? null : number;
  }

  /**
   * The lead's mobile number, else its other number, as national digits.
   *
   * @param region two-letter country of a number without country code, if the lead's address has no
   *     country
   */
  public static String mobile(Lead lead, String region) {
    String ofAddress = lead.address() == null ? "" : region(lead.address());
    String country = ofAddress.isEmpty() ? region : ofAddress;
    String number = nationalDigits(lead.mobile(), country);
    return number == null ? nationalDigits(lead.phone(), country) : number;
  }

  private static String nationalDigits(String number, String region) {
    return number == null
        ? null
        : PhoneNumberNormalizer.nationalDigits(number, region).orElse(null);
  }

  private static String region(Lead.Address address) {
    return AddressRegion.of(
        Objects.requireNonNullElse(address.country(), ""),
        Objects.requireNonNullElse(address.state(), ""),
        Objects.requireNonNullElse(address.zip(), ""),
        Objects.requireNonNullElse(address.full(), ""));
  }
}
