package org.solarrelay.vendor.enerflo;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.event.normal.ProjectStatusNormalizer;

/** A status of installs in Enerflo. Each company defines its own statuses. */
public record EnerfloStatus(int id, String name) {

  /**
   * The only documented number (Enerflo, How to Integrate Enerflo with my CRM, 4.2), for requests.
   * For webhooks see relay.enerflo.install-statuses.
   */
  public static final EnerfloStatus ON_HOLD = new EnerfloStatus(4, "On Hold");

  private static final Pattern NUMBERED = Pattern.compile("status-(\\d{1,9})");

  /** The status in an event: active, on-hold, completed or voided; else Enerflo's name. */
  public static String wordFor(String name) {
    return ProjectStatusNormalizer.normalize(name).orElse(name);
  }

  /** The status in an event if only its number is known: {@code status-7}. */
  public static String numbered(String number) {
    return "status-" + number;
  }

  /** The number in a status of the form {@link #numbered}; empty for any other status. */
  public static Optional<String> numberIn(String status) {
    Matcher numbered = NUMBERED.matcher(status);
    return numbered.matches() ? Optional.of(numbered.group(1)) : Optional.empty();
  }

  /**
   * Whether the status has this name. Case, hyphens and blanks do not matter; Void and Voided,
   * Complete and Completed are the same.
   */
  public boolean hasName(String other) {
    return letters(wordFor(name)).equals(letters(wordFor(other)));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
