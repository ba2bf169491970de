package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/**
 * Finds the delivery that another one waits for: the first of the same record, or of the same match
 * key, at the destination.
 */
@Singleton
public class RecordOrder {

  // PostgreSQL's statistics of this table are often those of an empty one, and a connection keeps
  // the plan that an idle worker made. So the text fits one index alone: "= the first" and not "no
  // earlier one exists", which becomes a join of all with all; "id + 0", an expression of the
  // indexes, because with the column they would also fit the search of one row; "held is not true",
  // which is no condition of an index as "not held" is.
  private static final String FIRST =
      """
      (
            select first.id from delivery_work first
            where first.%1$s = d.%1$s and first.destination = d.destination
              and first.held is not true
            order by first.id + 0 limit 1)\
      """;

  /** SQL: the id of the first delivery of the record of {@code delivery_work d}. */
  static final String FIRST_OF_RECORD = FIRST.formatted("record");

  /** The same of its match key; null where it has none. */
  static final String FIRST_OF_MATCH_KEY = FIRST.formatted("match_key");

  private static final Sql FIRST_BEFORE =
      Sql.of(
          """
          select d.id, least(%s, %s) as first from delivery_work d
          where d.id = any (:deliveries) and d.held is not true
            and (d.leased_until is null or d.leased_until <= now())
          """
              .formatted(FIRST_OF_RECORD, FIRST_OF_MATCH_KEY));

  private final DataSource database;

  RecordOrder(DataSource database) {
    this.database = database;
  }

  /** The delivery that each of these waits for; a delivery that waits for none has no entry. */
  public Map<Long, Long> firstBefore(Collection<Long> deliveries) throws SQLException {
    Map<Long, Long> first = new HashMap<>();
    try (Connection connection = database.getConnection()) {
      FIRST_BEFORE.forEach(
          connection,
          parameters -> parameters.bigints("deliveries", deliveries),
          row -> {
            if (row.getLong("first") < row.getLong("id")) {
              first.put(row.getLong("id"), row.getLong("first"));
            }
          });
    }
    return first;
  }
}
