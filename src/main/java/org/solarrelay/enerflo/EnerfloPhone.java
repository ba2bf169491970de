package org.solarrelay.enerflo;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Arrays;
import java.util.Locale;
import org.solarrelay.event.Lead;

/**
 * Phone numbers as Enerflo tells them, and as its Leads API takes them: digits, no country code.
 */
public final class EnerfloPhone {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private EnerfloPhone() {}

  /** Null for "(000) 000-0000", which fills the place of a number that Enerflo does not have. */
  public static String known(String told) {
    return told == null || told.chars().noneMatch(c -> c >= '1' && c <= '9') ? null : told;
  }

  /**
   * The lead's mobile number, in whose place its other number may stand.
   *
   * @param region of numbers that name no country, where the lead's address names none
   */
  public static String mobile(Lead lead, String region) {
    String country = region(lead.address() == null ? null : lead.address().country(), region);
    String number = nationalDigits(lead.mobile(), country);
    return number == null ? nationalDigits(lead.phone(), country) : number;
  }

  /**
   * The number as it is dialled within its own country.
   *
   * @param region two-letter country that a number without a country code belongs to
   * @return null where there is no digit in it; the bare digits where it is no phone number
   */
  static String nationalDigits(String number, String region) {
    if (number == null) {
      return null;
    }
    try {
      // the extension would be read as part of the number
      PhoneNumber parsed = NUMBERS.parse(number, region).clearExtension();
      return digits(NUMBERS.format(parsed, PhoneNumberFormat.NATIONAL));
    } catch (NumberParseException e) {
      return digits(number);
    }
  }

  /**
   * The two-letter code of a country given by code or English name.
   *
   * @return {@code fallback} where the country is absent or unknown
   */
  static String region(String country, String fallback) {
    if (country == null) {
      return fallback;
    }
    return Arrays.stream(Locale.getISOCountries())
        .filter(code -> isNamed(new Locale("", code), country.strip()))
        .findFirst()
        .orElse(fallback);
  }

  private static boolean isNamed(Locale locale, String country) {
    return country.equalsIgnoreCase(locale.getCountry())
        || country.equalsIgnoreCase(locale.getISO3Country())
        || country.equalsIgnoreCase(locale.getDisplayCountry(Locale.ENGLISH));
  }

  private static String digits(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? null : digits;
  }
}
