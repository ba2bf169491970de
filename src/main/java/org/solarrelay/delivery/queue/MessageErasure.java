package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/**
 * Erases messages that became no event and that mention a person. Such a message belongs to no
 * record, so its bytes are searched. Its row stays, without the bytes; a dead one is skipped.
 */
@Singleton
public class MessageErasure {

  /** What an erasure sets in {@code set_aside}. */
  static final String ERASED =
      """
      state = case when state = 'dead' then 'skipped' else state end, reason = :reason,
            topic = null, key = null, headers = null, value = null, event_id = null
      """;

  private static final int CHUNK = 500;

  private static final Sql CHUNK_END =
      Sql.of(
          """
          select max(recorded_at) as last from (
            select recorded_at from set_aside where recorded_at > :from
            order by recorded_at limit :limit) as chunk
          """);

  private static final String MENTIONING =
      """
      select s.id from set_aside s cross join lateral (
        select lower(concat_ws(' ', s.id, s.event_id, s.reason, encode(s.key, 'escape'),
          encode(s.value, 'escape'),
          (select string_agg(encode(decode(header ->> 1, 'base64'), 'escape'), ' ')
           from json_array_elements(s.headers::json) as header))) as text offset 0) t
      where s.recorded_at > :from and s.recorded_at <= :upTo
        and (s.value is not null or s.reason not like 'erased by %%') and %s
      """
          .formatted(PersonMentions.CONDITION);

  private static final Sql COUNT = Sql.of("select count(*) from (" + MENTIONING + ") as found");

  private static final Sql ERASE =
      Sql.of("update set_aside set %s where id in (%s)".formatted(ERASED, MENTIONING));

  private static final List<Sql> ERASE_TEXTS =
      List.of(
          Sql.of(
              """
              update dead_group set note = null where fingerprint in (
                select g.fingerprint from dead_group g cross join lateral (
                  select lower(encode(convert_to(g.note, 'UTF8'), 'escape')) as text offset 0) t
                where %s)
              """
                  .formatted(PersonMentions.CONDITION)),
          Sql.of(
              """
              update activity set subject = 'erased', details = null where id in (
                select a.id from activity a cross join lateral (
                  select lower(encode(convert_to(concat_ws(' ', a.subject, a.details), 'UTF8'),
                    'escape')) as text offset 0) t
                where a.kind <> 'route-file' and %s)
              """
                  .formatted(PersonMentions.CONDITION)),
          // the next run lists the record again, if the vendor still has it
          Sql.of(
              """
              delete from reconcile_change where (run, kind, id) in (
                select c.run, c.kind, c.id from reconcile_change c cross join lateral (
                  select lower(encode(convert_to(c.record, 'UTF8'), 'escape')) as text offset 0) t
                where c.record is not null and %s)
              """
                  .formatted(PersonMentions.CONDITION)));

  private final DataSource database;

  public MessageErasure(DataSource database) {
    this.database = database;
  }

  /** The end of the next part of a search; empty where there are no more messages. */
  public Optional<OffsetDateTime> chunkEnd(OffsetDateTime from) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return CHUNK_END.first(
          connection,
          parameters -> parameters.set("from", from).set("limit", CHUNK),
          row -> row.getObject("last", OffsetDateTime.class));
    }
  }

  /** How many messages recorded in an interval mention the person. */
  public int count(PersonMentions mentions, OffsetDateTime from, OffsetDateTime upTo)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      return COUNT
          .first(
              connection,
              parameters -> mentions.bind(parameters).set("from", from).set("upTo", upTo),
              row -> row.getInt(1))
          .orElseThrow();
    }
  }

  /**
   * Erases the messages recorded in an interval that mention the person.
   *
   * @param by the operator
   */
  public int erase(PersonMentions mentions, OffsetDateTime from, OffsetDateTime upTo, String by)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      return ERASE.update(
          connection,
          parameters ->
              mentions
                  .bind(parameters)
                  .set("from", from)
                  .set("upTo", upTo)
                  .set("reason", EventErasure.reason(by)));
    }
  }

  /**
   * Erases texts about the person elsewhere: notes about groups of dead letters, and ids of stories
   * in the list of activities.
   */
  public void eraseTexts(PersonMentions mentions) throws SQLException {
    try (Connection connection = database.getConnection()) {
      for (Sql erasure : ERASE_TEXTS) {
        erasure.update(connection, parameters -> mentions.bind(parameters));
      }
    }
  }
}
