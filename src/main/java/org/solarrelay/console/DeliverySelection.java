package org.solarrelay.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.solarrelay.delivery.api.DeliveryParameters;
import org.solarrelay.delivery.queue.DeliveryState;

/**
 * The filter of deliveries as the address of a page holds it. A form sends empty fields, and times
 * without an offset, which are in UTC.
 *
 * @param parameters those of the operator API; null for an empty field
 */
public record DeliverySelection(DeliveryParameters parameters) {

  private static final Pattern LOCAL_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?");

  static DeliverySelection of(DeliveryParameters given) {
    return new DeliverySelection(
        new DeliveryParameters(
            present(given.state()),
            present(given.destination()),
            present(given.subject()),
            present(given.type()),
            present(given.reason()),
            present(given.status()),
            present(given.fingerprint()),
            time(given.since()),
            time(given.until())));
  }

  private static String present(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static String time(String text) {
    String time = present(text);
    return time != null && LOCAL_TIME.matcher(time).matches() ? time + "Z" : time;
  }

  /** The fields that are not empty, by the names of their query parameters. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "destination", parameters.destination());
    put(fields, "state", parameters.state());
    put(fields, "type", parameters.type());
    put(fields, "subject", parameters.subject());
    put(fields, "reason", parameters.reason());
    put(fields, "status", parameters.status());
    put(fields, "fingerprint", parameters.fingerprint());
    put(fields, "since", parameters.since());
    put(fields, "until", parameters.until());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, String value) {
    Optional.ofNullable(value).ifPresent(present -> fields.put(name, present));
  }

  /** The value of a field of the form; empty where the filter has none. */
  public String field(String name) {
    return fields().getOrDefault(name, "");
  }

  /** A time as the form's field takes it: in UTC, without an offset. */
  public String localTime(String name) {
    String time = field(name);
    return time.endsWith("Z") ? time.substring(0, time.length() - 1) : time;
  }

  /** The query of a page with this filter, without a question mark. */
  public String query() {
    return fields().entrySet().stream()
        .map(field -> field.getKey() + "=" + ConsoleText.urlEncoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /**
   * Whether an operator may replay deliveries of this filter, which are dead if it has no state.
   */
  public boolean isReplayable() {
    String state = field("state");
    return state.isEmpty()
        || state.equals(DeliveryState.DEAD.text())
        || state.equals(DeliveryState.SKIPPED.text());
  }
}
