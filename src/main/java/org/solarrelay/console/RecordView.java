package org.solarrelay.console;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.identity.RecordKind;
import org.solarrelay.identity.RecordService;
import org.solarrelay.identity.SearchKey;

/**
 * A record as pages show it.
 *
 * @param number the relay's own number
 * @param kind {@code Customer} or {@code Project}
 * @param path of its page; it holds no e-mail address and no phone number
 * @param person the customer's e-mail addresses, phone numbers and names
 */
public record RecordView(
    long number, String kind, String path, List<String> person, List<IdView> ids) {

  /** The name of a system that stands for the relay's own numbers of records. */
  static final String RELAY = "relay";

  private static final String PATH = "/console/records/";
  private static final Pattern EVENT = Pattern.compile("event (\\S+) of \\S+");

  /**
   * An id of the record.
   *
   * @param name its name, such as {@code enerflo.install}
   * @param id the id itself
   * @param text the id as the page shows it
   * @param learntFrom where the id is from, as the page shows it
   * @param learntFromEvent the id of the event that the id is from; empty where it is from
   *     elsewhere
   */
  public record IdView(
      String name,
      String id,
      String text,
      boolean current,
      String learntFrom,
      String learntFromEvent,
      OffsetDateTime learntAt) {}

  /**
   * @param full whether the page shows e-mail addresses and phone numbers in full
   */
  static List<RecordView> of(List<RecordService.Shown> shown, RecordService records, boolean full)
      throws SQLException {
    if (shown.isEmpty()) {
      return List.of();
    }
    Map<Long, List<SearchKey>> keys =
        records.keysOf(shown.stream().map(RecordService.Shown::record).toList());
    return shown.stream()
        .map(record -> of(record, keys.getOrDefault(record.record(), List.of()), full))
        .toList();
  }

  private static RecordView of(RecordService.Shown record, List<SearchKey> keys, boolean full) {
    return new RecordView(
        record.record(),
        record.kind() == RecordKind.CUSTOMER ? "Customer" : "Project",
        path(record),
        keys.stream().map(key -> text(key.value(), full)).distinct().toList(),
        record.ids().stream().map(id -> of(id, full)).toList());
  }

  private static IdView of(RecordService.ShownId id, boolean full) {
    Matcher event = EVENT.matcher(id.learntFrom());
    return new IdView(
        id.name(),
        id.id(),
        text(id.id(), full),
        id.current(),
        text(id.learntFrom(), full),
        event.matches() && isImpersonal(event.group(1)) ? event.group(1) : "",
        id.learntAt());
  }

  private static String path(RecordService.Shown record) {
    return record.ids().stream()
        .filter(id -> id.current() && isImpersonal(id.id()))
        .findFirst()
        .map(id -> path(id.name(), id.id()))
        .orElseGet(() -> path(RELAY, Long.toString(record.record())));
  }

  /** The path of a record's page. */
  static String path(String system, String id) {
    return PATH + ConsoleText.pathSegment(system) + "/" + ConsoleText.pathSegment(id);
  }

  private static boolean isImpersonal(String id) {
    return PersonalDataMask.masked(id).equals(id);
  }

  private static String text(String text, boolean full) {
    return full ? text : PersonalDataMask.masked(text);
  }
}
