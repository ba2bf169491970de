package org.solarrelay.event.normal;

/** Which of two numbers in a date is the month. */
public enum DateOrder {
  MONTH_FIRST,
  DAY_FIRST,
  UNKNOWN;

  /** The order that is usual in a country, given as a code of two letters or empty. */
  public static DateOrder in(String region) {
    if (PostalCodeNormalizer.UNITED_STATES.contains(region)) {
      return MONTH_FIRST;
    }
    return region.isEmpty() || region.equals("CA") ? UNKNOWN : DAY_FIRST;
  }
}
