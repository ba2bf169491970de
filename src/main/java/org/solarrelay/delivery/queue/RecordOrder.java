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

  // "id + 0" as in the indexes delivery_work_order and delivery_work_match
  private static final String FIRST =
      """
      (select first.id from delivery_work first
       where first.%1$s = d.%1$s and first.destination = d.destination and not first.held
       order by first.id + 0 limit 1)\
      """;

  private static final Sql FIRST_BEFORE =
      Sql.of(
          """
          select d.id, least(%s, %s) as first from delivery_work d
          where d.id = any (:deliveries) and not d.held
            and (d.leased_until is null or d.leased_until <= now())
          """
              .formatted(FIRST.formatted("record"), FIRST.formatted("match_key")));

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
