package org.solarrelay.solarproof;

import java.util.regex.Pattern;

/** Which of a customer's two numbers takes text messages; either may be null. */
record AustralianPhones(String mobile, String other) {

  private static final Pattern MOBILE = Pattern.compile("(0|61|0061)?4\\d{8}");

  static AustralianPhones of(String primary, String secondary) {
    if (isMobile(primary)) {
      return new AustralianPhones(primary, secondary);
    }
    return isMobile(secondary)
        ? new AustralianPhones(secondary, primary)
        : new AustralianPhones(null, primary != null ? primary : secondary);
  }

  private static boolean isMobile(String phone) {
    return phone != null && MOBILE.matcher(phone.replaceAll("\\D", "")).matches();
  }
}
