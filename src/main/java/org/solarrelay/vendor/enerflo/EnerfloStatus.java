package org.solarrelay.vendor.enerflo;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.event.normal.ProjectStatusNormalizer;

/** A status that an install can have in Enerflo; every company defines its own. */
public record EnerfloStatus(int id, String name) {

  /**
   * The one number that is documented (Enerflo, How to Integrate Enerflo with my CRM, 4.2). That a
   * webhook's 4 is On Hold is a setting, relay.enerflo.install-statuses.
   */
  public static final EnerfloStatus ON_HOLD = new EnerfloStatus(4, "On Hold");

  private static final Pattern NUMBERED = Pattern.compile("status-(\\d{1,9})");

  /** The word for a status' name: one of the relay's four, or the name as it is. */
  public static String wordFor(String name) {
    return ProjectStatusNormalizer.normalize(name).orElse(name);
  }

  /** What an event calls a status of which only the number is known: {@code status-7}. */
  public static String numbered(String number) {
    return "status-" + number;
  }

  /** The number in what {@link #numbered} made; empty for any other status. */
  public static Optional<String> numberIn(String status) {
    Matcher numbered = NUMBERED.matcher(status);
    return numbered.matches() ? Optional.of(numbered.group(1)) : Optional.empty();
  }

  /**
   * Whether that is this status' name. Case, hyphens and blanks do not matter; Void and Voided,
   * Complete and Completed are the same.
   */
  public boolean isCalled(String other) {
    return letters(wordFor(name)).equals(letters(wordFor(other)));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
