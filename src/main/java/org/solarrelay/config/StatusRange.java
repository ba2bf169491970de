package org.solarrelay.config;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * A range of HTTP statuses: a single status or a class such as 5xx.
 *
 * @param from the first status
 * @param to the last status, inclusive
 */
public record StatusRange(int from, int to) {

  private static final int SERVER_ERRORS = 500;

  /**
   * Parses {@code 429} or {@code 5xx}. Numbers above 599 count as 5xx (RFC 9110, 15).
   *
   * @throws IllegalArgumentException if the text is neither, or a status of success
   */
  public static StatusRange of(String text) {
    String status = text.strip().toLowerCase();
    if (!status.matches("[345](\\d\\d|xx)")) {
      throw new IllegalArgumentException(
          "\"%s\" is no HTTP status of a failure; write one such as 429, or 5xx for all from 500 on"
              .formatted(text));
    }
    if (!status.endsWith("xx")) {
      return new StatusRange(Integer.parseInt(status), Integer.parseInt(status));
    }
    int first = (status.charAt(0) - '0') * 100;
    return new StatusRange(first, first == SERVER_ERRORS ? Integer.MAX_VALUE : first + 99);
  }

  /** Converts settings: MicroProfile Config hides the message of a plain factory method. */
  public static final class FromText implements Converter<StatusRange> {
    @Override
    public StatusRange convert(String text) {
      return of(text);
    }
  }

  public boolean contains(int status) {
    return from <= status && status <= to;
  }
}
