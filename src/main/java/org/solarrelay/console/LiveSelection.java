package org.solarrelay.console;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.solarrelay.ops.access.ApiProblem;

/**
 * The filter of the page Live as its address holds it: {@code source} of the messages, {@code type}
 * of the events, {@code destination} of the deliveries. A form sends empty fields.
 *
 * @param fields those that are not empty
 * @param paused the time of the pause: the page shows nothing later, and does not renew itself;
 *     empty without a pause
 */
public record LiveSelection(FilterFields fields, Optional<OffsetDateTime> paused) {

  static LiveSelection of(String source, String type, String destination, String paused) {
    return new LiveSelection(
        FilterFields.none()
            .with("source", FilterFields.present(source))
            .with("type", FilterFields.present(type))
            .with("destination", FilterFields.present(destination)),
        Optional.ofNullable(FilterFields.present(paused)).map(LiveSelection::time));
  }

  private static OffsetDateTime time(String text) {
    try {
      return OffsetDateTime.parse(text);
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

  /** The value of a field of the form; empty where the filter has none. */
  public String field(String name) {
    return fields.field(name);
  }

  /** Whether the page shows an entry. A text that the entry lacks equals no field. */
  boolean takes(LiveEntry entry) {
    return takes("source", Set.of(entry.source()))
        && takes("type", entry.types())
        && takes("destination", Set.of(entry.destination()));
  }

  private boolean takes(String name, Set<String> candidates) {
    String wanted = field(name);
    return wanted.isEmpty() || candidates.contains(wanted);
  }

  /** The address of the page with this filter, which renews itself. */
  public String resumed() {
    String query = fields.query();
    return ConsolePage.LIVE.path() + (query.isEmpty() ? "" : "?" + query);
  }

  /** The address of the page with this filter as it was at a time. */
  public String pausedAt(String time) {
    return ConsolePage.LIVE.path() + "?" + fields.with("paused", time).query();
  }
}
