package org.solarrelay.console;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.solarrelay.ops.access.ApiProblem;

/**
 * The filter of the page Live as its address holds it. A form sends empty fields.
 *
 * @param source of the messages; empty for all
 * @param type of the events; empty for all
 * @param destination of the deliveries; empty for all
 * @param paused the time of the pause: the page shows nothing later, and does not renew itself;
 *     empty without a pause
 */
public record LiveSelection(
    String source, String type, String destination, Optional<OffsetDateTime> paused) {

  static LiveSelection of(String source, String type, String destination, String paused) {
    return new LiveSelection(
        stripped(source), stripped(type), stripped(destination), time(stripped(paused)));
  }

  private static String stripped(String text) {
    return text == null ? "" : text.strip();
  }

  private static Optional<OffsetDateTime> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      throw new ApiProblem(
          400, "Bad Request", "paused is a time with offset, such as 2026-01-31T08:00:00Z");
    }
  }

  public boolean isPaused() {
    return paused.isPresent();
  }

  /** The time of the pause as the address holds it; empty without a pause. */
  public String pausedText() {
    return paused.map(OffsetDateTime::toString).orElse("");
  }

  /** Whether the page shows messages of this source. An unknown source is an empty text. */
  boolean takesSource(String candidate) {
    return source.isEmpty() || source.equals(candidate);
  }

  boolean takesType(String candidate) {
    return type.isEmpty() || type.equals(candidate);
  }

  /**
   * Whether the page shows deliveries to this destination. An entry without a destination has an
   * empty text.
   */
  boolean takesDestination(String candidate) {
    return destination.isEmpty() || destination.equals(candidate);
  }

  /** The address of the page with this filter, which renews itself. */
  public String resumed() {
    String query = query();
    return ConsolePage.LIVE.path() + (query.isEmpty() ? "" : "?" + query);
  }

  /** The address of the page with this filter as it was at a time. */
  public String pausedAt(String time) {
    String query = query();
    return "%s?%s%spaused=%s"
        .formatted(
            ConsolePage.LIVE.path(),
            query,
            query.isEmpty() ? "" : "&",
            ConsoleText.urlEncoded(time));
  }

  private String query() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("source", source);
    fields.put("type", type);
    fields.put("destination", destination);
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> field.getKey() + "=" + ConsoleText.urlEncoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }
}
