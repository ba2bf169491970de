package org.solarrelay.config;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * HTTP statuses as configuration names them: one, or all of a hundred.
 *
 * @param from the first
 * @param to the last
 */
public record StatusRange(int from, int to) {

  private static final int SERVER_ERRORS = 500;

  /**
   * Reads {@code 429} or {@code 5xx}. What is beyond 599 is no status and counts as 5xx (RFC 9110,
   * 15).
   *
   * @throws IllegalArgumentException where it is neither, or a status of success
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

  /** For configuration, which of a plain factory method's complaints would tell nothing. */
  public static final class FromText implements Converter<StatusRange> {
    @Override
    public StatusRange convert(String text) {
      return of(text);
    }
  }

  public boolean holds(int status) {
    return from <= status && status <= to;
  }
}
