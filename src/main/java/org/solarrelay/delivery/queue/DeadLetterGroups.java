package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** How many hours a group's counts by the hour go back. */
  public static final int HOURS = 24;

  /** The stage of dead deliveries. */
  private static final String DELIVER = "deliver";

  /** Full hours since a time; {@link #HOURS} for all that are longer ago. */
  private static final String HOURS_AGO =
      "least(greatest(floor(extract(epoch from now() - %s) / 3600), 0), " + HOURS + ")::int";

  private static final Sql DELIVERIES =
      Sql.of(
          """
          with newest as materialized (
            select id, source, event_id, destination, reason, finished_at from delivery_ledger
            where state = 'dead' order by id desc limit :most),
          grouped as (
            select d.destination, e.type, %s as folded, %s as hours_ago, count(*) as count,
              min(d.finished_at) as first, max(d.finished_at) as last, max(d.finished_at) as newest,
              (array_agg(d.id::text order by d.finished_at desc, d.id desc))[1] as example
            from newest d join event e on e.source = d.source and e.id = d.event_id
            group by d.destination, e.type, folded, hours_ago)
          select *, %s as fingerprint from grouped
          """
              .formatted(
                  DeadGroupFingerprint.folded("d.reason"),
                  HOURS_AGO.formatted("d.finished_at"),
                  DeadGroupFingerprint.of("'deliver'", "destination", "''", "type", "folded")));

  private static final Sql MESSAGES =
      Sql.of(
          """
          with newest as materialized (
            select id, stage, source, reason, at, recorded_at from set_aside
            where state = 'dead' order by at desc, id desc limit :most),
          grouped as (
            select stage, coalesce(source, '') as source, %s as folded, %s as hours_ago,
              count(*) as count, min(at) as first, max(at) as last, max(recorded_at) as newest,
              (array_agg(id order by at desc, id desc))[1] as example
            from newest group by stage, coalesce(source, ''), folded, hours_ago)
          select *, %s as fingerprint from grouped
          """
              .formatted(
                  DeadGroupFingerprint.folded("reason"),
                  HOURS_AGO.formatted("recorded_at"),
                  DeadGroupFingerprint.of("stage", "''", "source", "''", "folded")));

  /** Changes with the grouped dead letters, and once a minute, because hours pass. */
  private static final Sql VERSION =
      Sql.of(
          """
          select concat_ws(' ',
            (select concat_ws(' ', count(*), min(id), max(id), sum(extract(epoch from finished_at)),
               sum(hashtext(reason)))
             from (
               select id, finished_at, reason from delivery_ledger
               where state = 'dead' order by id desc limit :most) as deliveries),
            (select concat_ws(' ', count(*), min(at), max(at), sum(extract(epoch from recorded_at)),
               sum(hashtext(reason)))
             from (
               select at, recorded_at, reason from set_aside
               where state = 'dead' order by at desc, id desc limit :most) as messages),
            date_trunc('minute', now())) as version
          """);

  private final DataSource database;
  private volatile Snapshot snapshot = new Snapshot("", List.of());

  DeadLetterGroups(DataSource database) {
    this.database = database;
  }

  /** Groups without acknowledgements, as long as {@link #VERSION} stays the same. */
  private record Snapshot(String version, List<Group> groups) {}

  /**
   * What the dead letters of a group have in common.
   *
   * @param stage {@code deliver}, {@code translate}, {@code fan-out} or the id of a route
   * @param destination of deliveries; empty of messages
   * @param source of messages; empty of deliveries
   * @param type of the events; empty of messages
   * @param reason folded
   */
  public record Cause(
      String stage, String destination, String source, String type, String reason) {}

  /**
   * The dead letters of a group.
   *
   * @param first when the first one died; of messages when it was first sent
   * @param newest when the last one died; of messages as well
   * @param example the number of the newest delivery, or the id of the newest message
   * @param hourly how many died in each of the last {@link #HOURS} hours, the oldest hour first
   */
  record Occurrences(
      long count,
      OffsetDateTime first,
      OffsetDateTime last,
      OffsetDateTime newest,
      String example,
      List<Long> hourly) {

    private static Occurrences of(ResultSet row) throws SQLException {
      Long[] hourly = new Long[HOURS];
      Arrays.fill(hourly, 0L);
      int hoursAgo = row.getInt("hours_ago");
      if (hoursAgo < HOURS) {
        hourly[HOURS - 1 - hoursAgo] = row.getLong("count");
      }
      return new Occurrences(
          row.getLong("count"),
          row.getObject("first", OffsetDateTime.class),
          row.getObject("last", OffsetDateTime.class),
          row.getObject("newest", OffsetDateTime.class),
          row.getString("example"),
          List.of(hourly));
    }

    private Occurrences plus(Occurrences other) {
      Long[] sums = hourly.toArray(Long[]::new);
      Arrays.setAll(sums, hour -> sums[hour] + other.hourly.get(hour));
      return new Occurrences(
          count + other.count,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last,
          newest.isAfter(other.newest) ? newest : other.newest,
          last.isAfter(other.last) ? example : other.example,
          List.of(sums));
    }
  }

  /**
   * A group of dead deliveries or dead messages.
   *
   * @param fingerprint identifies the group as long as its cause stays the same
   * @param acknowledgement the last one; empty where the group has none
   */
  public record Group(
      String fingerprint,
      Cause cause,
      Occurrences occurrences,
      Optional<DeadGroupAcknowledgement> acknowledgement) {

    public String reason() {
      return cause.reason();
    }

    public long count() {
      return occurrences.count();
    }

    /** When the first one died; of messages when it was first sent. */
    public OffsetDateTime first() {
      return occurrences.first();
    }

    /** When the last one died; of messages when it was first sent. */
    public OffsetDateTime last() {
      return occurrences.last();
    }

    /** The number of the newest delivery, or the id of the newest message. */
    public String example() {
      return occurrences.example();
    }

    /** How many died in each of the last {@link #HOURS} hours, the oldest hour first. */
    public List<Long> hourly() {
      return occurrences.hourly();
    }

    public DeadGroupState state() {
      return acknowledgement.filter(it -> it.covers(occurrences.newest())).isPresent()
          ? DeadGroupState.ACKNOWLEDGED
          : DeadGroupState.OPEN;
    }

    /** Whether the group is open again after an acknowledgement. */
    public boolean isReopened() {
      return acknowledgement.isPresent() && state() == DeadGroupState.OPEN;
    }

    public boolean isOfDeliveries() {
      return cause.stage().equals(DELIVER);
    }

    /** Selects the deliveries of the group. */
    public DeliveryFilter deliveries() {
      return DeliveryFilter.all()
          .destination(cause.destination())
          .type(cause.type())
          .fingerprint(fingerprint);
    }

    /** Selects the messages of the group. */
    public DeadLetterReplay.Filter messages() {
      return DeadLetterReplay.Filter.all().stage(cause.stage()).fingerprint(fingerprint);
    }

    private Group with(DeadGroupAcknowledgement last) {
      return new Group(fingerprint, cause, occurrences, Optional.ofNullable(last));
    }

    private Group plus(Group other) {
      return new Group(fingerprint, cause, occurrences.plus(other.occurrences), acknowledgement);
    }
  }

  /** The groups: open ones first, then the one with the newest dead letter first. */
  public List<Group> all() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<String, DeadGroupAcknowledgement> acknowledged = DeadGroupRepository.all(connection);
      return current(connection).groups().stream()
          .map(group -> group.with(acknowledged.get(group.fingerprint())))
          .sorted(
              Comparator.comparing(Group::state)
                  .thenComparing(Comparator.comparing(Group::last).reversed()))
          .toList();
    }
  }

  /** Open pages ask often, and grouping takes long: groups that have not changed are kept. */
  private Snapshot current(Connection connection) throws SQLException {
    String version =
        VERSION
            .first(
                connection,
                parameters -> parameters.set("most", MOST),
                row -> row.getString("version"))
            .orElseThrow();
    Snapshot known = snapshot;
    if (!known.version().equals(version)) {
      known = new Snapshot(version, load(connection));
      snapshot = known;
    }
    return known;
  }

  private static List<Group> load(Connection connection) throws SQLException {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Sql sql : List.of(DELIVERIES, MESSAGES)) {
      sql.forEach(
          connection,
          parameters -> parameters.set("most", MOST),
          row -> {
            Group group = group(row, sql == DELIVERIES);
            groups.merge(group.fingerprint(), group, Group::plus);
          });
    }
    return List.copyOf(groups.values());
  }

  /** The group with this fingerprint; empty where no dead letter has it any more. */
  public Optional<Group> find(String fingerprint) throws SQLException {
    return all().stream().filter(group -> group.fingerprint().equals(fingerprint)).findFirst();
  }

  private static Group group(ResultSet row, boolean delivery) throws SQLException {
    String reason = row.getString("folded");
    Cause cause =
        delivery
            ? new Cause(DELIVER, row.getString("destination"), "", row.getString("type"), reason)
            : new Cause(row.getString("stage"), "", row.getString("source"), "", reason);
    return new Group(row.getString("fingerprint"), cause, Occurrences.of(row), Optional.empty());
  }
}
