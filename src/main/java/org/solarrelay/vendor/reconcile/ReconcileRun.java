package org.solarrelay.vendor.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run over the lists of a vendor.
 *
 * @param position where the run is in the lists
 * @param counts by the kind of list
 * @param detail why the run was rejected or failed, or what it left open
 */
public record ReconcileRun(
    long id,
    String vendor,
    RunReason reason,
    RunState state,
    Options options,
    OffsetDateTime startedAt,
    Optional<OffsetDateTime> finishedAt,
    Position position,
    Map<String, ListCount> counts,
    Optional<String> detail) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How a run works.
   *
   * @param dryRun whether it stores nothing and publishes nothing
   * @param learning whether it stores what is listed and makes no events
   * @param anyLength whether it accepts a list with less than half of the records of before
   * @param since only records that changed after this time
   */
  public record Options(
      boolean dryRun, boolean learning, boolean anyLength, Optional<OffsetDateTime> since) {}

  /**
   * Where a run is.
   *
   * @param page the next page, from 1
   * @param pass how often the list was read, from 1
   * @param lease the number of the latest claim
   */
  record Position(String kind, int page, int pass, int lease, int failures) {}

  static ReconcileRun of(ResultSet row) throws SQLException {
    return new ReconcileRun(
        row.getLong("id"),
        row.getString("vendor"),
        RunReason.of(row.getString("reason")),
        RunState.of(row.getString("state")),
        new Options(
            row.getBoolean("dry_run"),
            row.getBoolean("learning"),
            row.getBoolean("any_length"),
            Optional.ofNullable(row.getObject("since", OffsetDateTime.class))),
        row.getObject("started_at", OffsetDateTime.class),
        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class)),
        new Position(
            row.getString("kind"),
            row.getInt("page"),
            row.getInt("pass"),
            row.getInt("lease"),
            row.getInt("failures")),
        counts(row.getString("counts")),
        Optional.ofNullable(row.getString("detail")));
  }

  private static Map<String, ListCount> counts(String json) throws SQLException {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, ListCount>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("the counts of a run are not JSON", e);
    }
  }

  static String json(Map<String, ListCount> counts) {
    return JSON.valueToTree(counts).toString();
  }

  ListCount count(String kind) {
    return counts.getOrDefault(kind, ListCount.NONE);
  }

  Map<String, ListCount> countsWith(String kind, ListCount count) {
    Map<String, ListCount> changed = new TreeMap<>(counts);
    changed.put(kind, count);
    return changed;
  }

  /** All events that the run made. */
  public int missedEvents() {
    return counts.values().stream().mapToInt(ListCount::missedEvents).sum();
  }
}
