package org.solarrelay.activity;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/** Lists who did what. */
@Singleton
public class ActivityQueries {

  private static final Sql FIND =
      Sql.of(
          """
          select id, at, who, action, kind, subject, count, details from activity
          where id < :before
            and (:since::timestamptz is null or at >= :since::timestamptz)
            and (:until::timestamptz is null or at < :until::timestamptz)
            and (:who::text is null or lower(who) = lower(:who::text))
            and (:action::text is null or action = :action::text)
          order by id desc limit :limit
          """);

  private final DataSource database;

  public ActivityQueries(DataSource database) {
    this.database = database;
  }

  /**
   * An activity in the list.
   *
   * @param action the text of an {@link ActivityAction}, or an action of a newer pod
   * @param kind the text of a {@link SubjectKind}, or a kind of a newer pod
   */
  public record ActivityEntry(
      long id,
      OffsetDateTime at,
      String who,
      String action,
      String kind,
      Optional<String> subject,
      Optional<Long> count,
      Optional<String> details) {}

  /**
   * The activities that the filter selects, newest first.
   *
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} for all
   */
  public List<ActivityEntry> find(ActivityFilter filter, long before, int limit)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      return FIND.list(
          connection,
          parameters ->
              parameters
                  .set("before", before)
                  .set("since", filter.since().orElse(null))
                  .set("until", filter.until().orElse(null))
                  .set("who", filter.who())
                  .set("action", filter.action().map(ActivityAction::text))
                  .set("limit", limit),
          ActivityQueries::entry);
    }
  }

  private static ActivityEntry entry(ResultSet row) throws SQLException {
    return new ActivityEntry(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class),
        row.getString("who"),
        row.getString("action"),
        row.getString("kind"),
        Optional.ofNullable(row.getString("subject")),
        Optional.ofNullable(row.getObject("count", Long.class)),
        Optional.ofNullable(row.getString("details")));
  }
}
