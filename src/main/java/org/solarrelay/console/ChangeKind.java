package org.solarrelay.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of data that pages show. The attribute {@code data-changes} of a part of a page holds the
 * {@link #text} of each kind that concerns it.
 */
enum ChangeKind {
  /** Acknowledgements of groups of dead letters. */
  DEAD_GROUPS("dead_group"),
  /** Deliveries and their attempts. */
  DELIVERIES("delivery", "failed_attempt", "attempt", "replay"),
  /** Pauses, circuit breakers and figures of minutes. */
  DESTINATIONS("paused_destination", "destination_minute"),
  /** Events that fan-out has written. */
  EVENTS("event"),
  /** Messages that became no event. */
  MESSAGES("set_aside", "resent"),
  /** Customers and projects. */
  RECORDS("record"),
  /** Bulk replays. */
  REPLAYS("bulk_replay"),
  /** Versions of route files. */
  ROUTES("route_file"),
  /** Who did what. */
  ACTIVITY("activity"),
  /** Rejected webhooks. */
  REJECTIONS("rejected_webhook");

  private final String text = name().toLowerCase(Locale.ROOT);
  private final List<String> tables;

  /**
   * @param tables the prefixes of the names of the kind's tables; partitions have suffixes
   */
  ChangeKind(String... tables) {
    this.tables = List.of(tables);
  }

  String text() {
    return text;
  }

  /** Returns the kind of a table's rows; empty for a table that no page shows. */
  static Optional<ChangeKind> ofTable(String table) {
    return Stream.of(values())
        .filter(kind -> kind.tables.stream().anyMatch(table::startsWith))
        .findFirst();
  }
}
