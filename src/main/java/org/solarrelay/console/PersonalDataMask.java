package org.solarrelay.console;

import io.quarkus.qute.TemplateExtension;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks e-mail addresses and phone numbers in lists: {@code a…@example.com}, {@code …0144}. In
 * templates: {@code {delivery.subject.masked}}.
 */
@TemplateExtension
final class PersonalDataMask {

  private static final Pattern EMAIL =
      Pattern.compile("([^\\s@<>()\"',;:]{1,64})@([^\\s@<>()\"',;:]{1,255})");

  // not the digits of an id such as a UUID or a record position
  private static final Pattern PHONE =
      Pattern.compile("(?<![\\w.-])\\+?\\(?\\d[\\d ().-]{6,18}\\d(?![\\w-])");

  private static final int SHOWN_DIGITS = 4;
  private static final int FEWEST_DIGITS = 10;

  private PersonalDataMask() {}

  static String masked(String text) {
    String withoutEmails =
        EMAIL
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1).substring(0, found.group(1).offsetByCodePoints(0, 1))
                            + "…@"
                            + found.group(2)));
    return PHONE
        .matcher(withoutEmails)
        .replaceAll(found -> Matcher.quoteReplacement(phone(found.group())));
  }

  private static String phone(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.length() < FEWEST_DIGITS
        ? text
        : "…" + digits.substring(digits.length() - SHOWN_DIGITS);
  }
}
