package org.solarrelay.event.normal;

/** The order of day and month in a date of numbers. */
public enum DateOrder {
  MONTH_FIRST,
  DAY_FIRST,
  UNKNOWN;

  /** The usual order in a country; the two-letter code may be empty. */
  public static DateOrder in(String region) {
    if (PostalCodeNormalizer.UNITED_STATES.contains(region)) {
      return MONTH_FIRST;
    }
    return region.isEmpty() || region.equals("CA") ? UNKNOWN : DAY_FIRST;
  }
}
