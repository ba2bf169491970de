package org.solarrelay.erasure;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import org.solarrelay.delivery.queue.EventErasure.Position;
import org.solarrelay.ops.access.ApiProblem;

/**
 * Where an erasure goes on.
 *
 * @param after the last position that is done
 */
record ErasureCursor(Part part, Position after) {

  /** The parts of an erasure, in their order. */
  enum Part {
    /** The events of the person's records. */
    RECORDS,
    /** Other events that mention the person. */
    EVENTS,
    /** Messages that became no event. */
    MESSAGES,
    /** The records themselves. */
    IDENTITY
  }

  static final ErasureCursor START = of(Part.RECORDS);

  private static final String SEPARATOR = "\n";

  /** The beginning of a part. */
  static ErasureCursor of(Part part) {
    return new ErasureCursor(part, Position.FIRST);
  }

  /** The same part, after everything recorded at this time. */
  ErasureCursor after(OffsetDateTime time) {
    return new ErasureCursor(part, new Position(time, "", ""));
  }

  ErasureCursor after(Position position) {
    return new ErasureCursor(part, position);
  }

  /**
   * Parses the result of {@link #toString}.
   *
   * @throws ApiProblem 400 for any other text
   */
  static ErasureCursor parse(String text) {
    try {
      String[] fields =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
              .split(SEPARATOR, -1);
      return new ErasureCursor(
          Part.valueOf(fields[0].toUpperCase(Locale.ROOT)),
          new Position(OffsetDateTime.parse(fields[1]), fields[2], fields[3]));
    } catch (IllegalArgumentException
        | DateTimeException
        | ArrayIndexOutOfBoundsException invalid) {
      throw new ApiProblem(400, "Bad Request", "next is the text that the last response gave");
    }
  }

  @Override
  public String toString() {
    String text =
        String.join(
            SEPARATOR,
            part.name().toLowerCase(Locale.ROOT),
            after.at().toString(),
            after.source(),
            after.id());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
