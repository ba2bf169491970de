package org.solarrelay.delivery.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.solarrelay.delivery.queue.DeadLetterReplay;

/** The position after the last message of a page. Its text is the page's {@code next}. */
record DeadMessageCursor(OffsetDateTime at, String id) {

  private static final String SEPARATOR = " ";

  static DeadMessageCursor of(DeadLetterReplay.DeadMessage last) {
    return new DeadMessageCursor(last.at(), last.id());
  }

  static DeadMessageCursor parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, 2);
      return new DeadMessageCursor(OffsetDateTime.parse(parts[0]), parts[1]);
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw QueryParameters.invalid("cursor", "the next of the previous page");
    }
  }

  String text() {
    String plain = at + SEPARATOR + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
