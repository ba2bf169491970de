package org.solarrelay.event;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.solarrelay.event.normal.StorableCharacter;

/** Checks the length and characters of an event's id, source, subject, receipt and type. */
final class AttributeLimits {

  /** The limit in characters, for people and for an index. */
  private static final int MAX_LENGTH = 512;

  /** The limit in bytes: a row of an index has two of the texts and at most 2,704 bytes. */
  private static final int MAX_BYTES = 1000;

  private AttributeLimits() {}

  /**
   * Checks a text; null is valid.
   *
   * @throws InvalidMessageException if the text is too long, or has control characters or half
   *     surrogate pairs, which CloudEvents 1.0 forbids
   */
  static void check(String name, String text) {
    if (text == null) {
      return;
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidMessageException(name + ": longer than " + MAX_LENGTH + " characters");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new InvalidMessageException(name + ": longer than " + MAX_BYTES + " bytes of UTF-8");
    }
    boolean broken =
        text.codePoints().anyMatch(c -> Character.isISOControl(c) || !StorableCharacter.test(c));
    if (broken) {
      throw new InvalidMessageException(name + ": holds a control character or broken Unicode");
    }
  }

  /** The header's text, empty where it is null. */
  static String of(Header header) {
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /**
   * The text for a log, if it looks like a name; else a placeholder, because it may be personal
   * data.
   */
  static String shown(String text) {
    return text.matches("[A-Za-z0-9._+/-]{1,80}") ? "'" + text + "'" : "(not a name)";
  }
}
