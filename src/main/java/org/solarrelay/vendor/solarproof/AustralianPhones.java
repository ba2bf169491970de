package org.solarrelay.vendor.solarproof;

import org.solarrelay.event.normal.PhoneNumberNormalizer;

/** A customer's mobile number and other number, in Australia; both may be null. */
record AustralianPhones(String mobile, String other) {

  /** Sorts two numbers in either order; both may be null. */
  static AustralianPhones of(String primary, String secondary) {
    if (secondary != null && !isNumber(primary)) {
      return of(secondary);
    }
    if (isMobile(primary)) {
      return new AustralianPhones(primary, secondary);
    }
    return isMobile(secondary)
        ? new AustralianPhones(secondary, primary)
        : of(primary != null ? primary : secondary);
  }

  private static AustralianPhones of(String only) {
    boolean mobile = isMobile(only);
    return new AustralianPhones(mobile ? only : null, mobile ? null : only);
  }

  private static boolean isNumber(String phone) {
    return phone != null && PhoneNumberNormalizer.normalize(phone, "AU").isPresent();
  }

  private static boolean isMobile(String phone) {
    return phone != null && PhoneNumberNormalizer.isMobile(phone, "AU");
  }
}
