package org.solarrelay.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.database.Transaction;

/** Stores and lists the newest 1,000 rejected webhooks of all pods. */
@Singleton
public class RejectedWebhookRepository {

  /** How many are kept. */
  public static final int KEPT = 1_000;

  private static final Sql INSERT =
      Sql.of(
          """
          insert into rejected_webhook (at, source, reason, sender, size, media_type, unlisted)
          values (:at, :source, :reason, :sender, :size, :mediaType, :unlisted)
          """);

  private static final Sql FORGET =
      Sql.of(
          """
          delete from rejected_webhook where id <= (
            select id from rejected_webhook order by id desc offset :kept limit 1)
          """);

  private static final Sql FIND =
      Sql.of(
          """
          select * from rejected_webhook
          where id < :before
            and (:source::text is null or source = :source::text)
            and (:reason::text is null or reason = :reason::text)
            and (:since::timestamptz is null or at >= :since::timestamptz)
            and (:until::timestamptz is null or at < :until::timestamptz)
          order by id desc limit :limit
          """);

  private static final Sql SUMMARY =
      Sql.of(
          """
          select source, reason, sum(1 + unlisted) as count, max(at) as last
          from rejected_webhook where at >= :since
          group by source, reason order by last desc
          """);

  private final DataSource database;
  private final BatchSplitter splitter;

  public RejectedWebhookRepository(DataSource database, BatchSplitter splitter) {
    this.database = database;
    this.splitter = splitter;
  }

  /**
   * A rejected webhook in the list.
   *
   * @param reason the label of a {@link RejectionReason}
   * @param sender empty where it is unknown, or hidden from the reader
   * @param size of the body in bytes
   * @param unlisted how many further ones of the source and reason followed, of which the relay has
   *     only the number
   */
  public record RejectedEntry(
      long id,
      OffsetDateTime at,
      String source,
      String reason,
      Optional<String> sender,
      Optional<Long> size,
      Optional<String> mediaType,
      long unlisted) {

    /** The same without the sender's address. */
    public RejectedEntry withoutSender() {
      return new RejectedEntry(id, at, source, reason, Optional.empty(), size, mediaType, unlisted);
    }
  }

  /**
   * Selects rejected webhooks that meet all criteria; an empty one selects all.
   *
   * @param since at this time or later
   * @param until before this time
   */
  public record Filter(
      Optional<String> source,
      Optional<RejectionReason> reason,
      Optional<OffsetDateTime> since,
      Optional<OffsetDateTime> until) {}

  /**
   * The rejected webhooks of a source and a reason.
   *
   * @param count how many
   * @param last when the newest was rejected
   */
  public record Summary(String source, String reason, long count, OffsetDateTime last) {}

  /** Stores webhooks, and deletes all but the newest. */
  void store(List<RejectedWebhook> webhooks) throws SQLException {
    // one that cannot be stored is left out
    splitter.store(
        webhooks,
        some ->
            Transaction.runWithoutFlush(
                database,
                connection -> {
                  INSERT.batch(connection, some, RejectedWebhookRepository::bind);
                  FORGET.update(connection, parameters -> parameters.set("kept", KEPT));
                }));
  }

  private static void bind(SqlParameters row, RejectedWebhook webhook) throws SQLException {
    row.set("at", webhook.at())
        .set("source", webhook.source())
        .set("reason", webhook.reason().label())
        .set("sender", webhook.sender())
        .set("size", webhook.size())
        .set("mediaType", webhook.mediaType())
        .set("unlisted", webhook.unlisted());
  }

  /**
   * The rejected webhooks that the filter selects, newest first.
   *
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} for all
   */
  public List<RejectedEntry> find(Filter filter, long before, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return FIND.list(
          connection,
          parameters ->
              parameters
                  .set("before", before)
                  .set("source", filter.source())
                  .set("reason", filter.reason().map(RejectionReason::label))
                  .set("since", filter.since().orElse(null))
                  .set("until", filter.until().orElse(null))
                  .set("limit", limit),
          RejectedWebhookRepository::entry);
    }
  }

  /** What was rejected since a time, by source and reason, the newest first. */
  public List<Summary> summary(OffsetDateTime since) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return SUMMARY.list(
          connection,
          parameters -> parameters.set("since", since),
          row ->
              new Summary(
                  row.getString("source"),
                  row.getString("reason"),
                  row.getLong("count"),
                  row.getObject("last", OffsetDateTime.class)));
    }
  }

  private static RejectedEntry entry(ResultSet row) throws SQLException {
    return new RejectedEntry(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class),
        row.getString("source"),
        row.getString("reason"),
        Optional.ofNullable(row.getString("sender")),
        Optional.ofNullable(row.getObject("size", Long.class)),
        Optional.ofNullable(row.getString("media_type")),
        row.getLong("unlisted"));
  }
}
