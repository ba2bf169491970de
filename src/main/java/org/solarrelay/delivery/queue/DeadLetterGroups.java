package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/**
 * Groups dead deliveries and dead messages by where they failed, their reason and their event type.
 * The reason is folded: ids, numbers and e-mail addresses become {@code …}, so that failures of one
 * cause are in one group. HTTP statuses stay.
 */
@Singleton
public class DeadLetterGroups {

  /** How many of the newest dead deliveries, and of the newest dead messages, are grouped. */
  public static final int MOST = 5_000;

  /** The stage of dead deliveries. */
  private static final String DELIVER = "deliver";

  // e-mail addresses, and words with a digit other than a status from 100 to 599
  private static final String IDS =
      "'[^[:space:]@\"]+@[^[:space:]@\"]+|\\m(?![1-5][0-9]{2}\\M)[[:alnum:]_-]*[0-9][[:alnum:]_-]*'";

  private static final Sql DELIVERIES =
      Sql.of(
          """
          with newest as materialized (
            select id, source, event_id, destination, reason, finished_at from delivery_ledger
            where state = 'dead' order by id desc limit :most)
          select d.destination, e.type, %s as folded, count(*) as count,
            min(d.finished_at) as first, max(d.finished_at) as last, max(d.id)::text as example
          from newest d join event e on e.source = d.source and e.id = d.event_id
          group by d.destination, e.type, folded
          """
              .formatted(folded("d.reason")));

  private static final Sql MESSAGES =
      Sql.of(
          """
          with newest as materialized (
            select id, stage, source, reason, at, topic from set_aside
            where state = 'dead' order by at desc, id desc limit :most)
          select stage, coalesce(source, '') as source, %s as folded, count(*) as count,
            min(at) as first, max(at) as last, (array_agg(id order by at desc))[1] as example
          from newest group by stage, coalesce(source, ''), folded
          """
              .formatted(folded("reason")));

  private final DataSource database;

  DeadLetterGroups(DataSource database) {
    this.database = database;
  }

  /**
   * A group of dead deliveries or dead messages.
   *
   * @param stage {@code deliver}, {@code translate}, {@code fan-out} or the id of a route
   * @param destination of deliveries; empty of messages
   * @param source of messages; empty of deliveries
   * @param type of the events; empty of messages
   * @param reason folded
   * @param first when the first one died; of messages when it was first sent
   * @param example the number of the newest delivery, or the id of the newest message
   */
  public record Group(
      String stage,
      String destination,
      String source,
      String type,
      String reason,
      long count,
      OffsetDateTime first,
      OffsetDateTime last,
      String example) {

    /** Identifies the group as long as its reason stays the same. */
    public String fingerprint() {
      String text = String.join("\n", stage, destination, source, type, reason);
      return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public boolean isOfDeliveries() {
      return stage.equals(DELIVER);
    }

    /** Selects the deliveries of the group. */
    public DeliveryFilter deliveries() {
      return DeliveryFilter.all()
          .state(DeliveryState.DEAD)
          .destination(destination)
          .type(type)
          .foldedReason(reason);
    }

    /** Selects the messages of the group. */
    public DeadLetterReplay.Filter messages() {
      DeadLetterReplay.Filter filter = DeadLetterReplay.Filter.all().stage(stage);
      return (source.isEmpty() ? filter : filter.source(source)).foldedReason(reason);
    }
  }

  /** The groups, the one with the newest dead letter first. */
  public List<Group> all() throws SQLException {
    List<Group> groups = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      groups.addAll(
          DELIVERIES.list(
              connection,
              parameters -> parameters.set("most", MOST),
              row -> group(row, DELIVER, row.getString("destination"), "", row.getString("type"))));
      groups.addAll(
          MESSAGES.list(
              connection,
              parameters -> parameters.set("most", MOST),
              row -> group(row, row.getString("stage"), "", row.getString("source"), "")));
    }
    groups.sort(Comparator.comparing(Group::last).reversed());
    return groups;
  }

  /** The group with this fingerprint; empty where none has it any more. */
  public Optional<Group> find(String fingerprint) throws SQLException {
    return all().stream().filter(group -> group.fingerprint().equals(fingerprint)).findFirst();
  }

  private static Group group(
      ResultSet row, String stage, String destination, String source, String type)
      throws SQLException {
    return new Group(
        stage,
        destination,
        source,
        type,
        row.getString("folded"),
        row.getLong("count"),
        row.getObject("first", OffsetDateTime.class),
        row.getObject("last", OffsetDateTime.class),
        row.getString("example"));
  }

  /** SQL that folds the reason in a column. */
  static String folded(String column) {
    return "regexp_replace(coalesce(%s, ''), %s, '…', 'g')".formatted(column, IDS);
  }
}
