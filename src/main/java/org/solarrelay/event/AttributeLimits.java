package org.solarrelay.event;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.solarrelay.event.normal.StorableCharacter;

/** The short texts around an event's data: its id, source, subject, receipt and type. */
final class AttributeLimits {

  /** A row of the queue's index, and a person's eye, can take no more. */
  private static final int LONGEST = 512;

  /** An index holds two of them in a row of 2,704 bytes. */
  private static final int LONGEST_BYTES = 1000;

  private AttributeLimits() {}

  /** Null is fine; CloudEvents 1.0 forbids control characters and half surrogate pairs. */
  static void check(String name, String text) {
    if (text == null) {
      return;
    }
    if (text.length() > LONGEST) {
      throw new InvalidMessageException(name + ": longer than " + LONGEST + " characters");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      throw new InvalidMessageException(
          name + ": longer than " + LONGEST_BYTES + " bytes of UTF-8");
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

  /** The text where it looks like a name, else a description: it may be anything, even a person. */
  static String shown(String text) {
    return text.matches("[A-Za-z0-9._+/-]{1,80}") ? "'" + text + "'" : "(not a name)";
  }
}
