package org.solarrelay.vendor.flip;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.database.Transaction;

/** The enrollments of a program as the last poll found them, in PostgreSQL. */
final class FlipSnapshot {

  private static final String READ_BEFORE =
      "select 1 from flip_poll where program = ? and read_at is not null";

  private static final String STORED =
      "select id, state, version from flip_enrollment where program = ? and id = any (?)";

  private static final String ADD_PROGRAM =
      "insert into flip_poll (program) values (?) on conflict do nothing";

  private static final String SET_READ = "update flip_poll set read_at = now() where program = ?";

  private static final String STORE =
      """
      insert into flip_enrollment (program, id, state, version) values (?, ?, ?, ?)
      on conflict (program, id) do update set state = excluded.state, version = excluded.version
      where flip_enrollment.version < excluded.version
      """;

  private static final int PAGE = 1000;

  private final DataSource database;
  private final BatchSplitter splitter;

  FlipSnapshot(DataSource database, BatchSplitter splitter) {
    this.database = database;
    this.splitter = splitter;
  }

  private record Stored(String state, long version) {}

  /** Whether a poll of the program has come through before. */
  boolean exists(String program) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(READ_BEFORE)) {
      select.setString(1, program);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Those that are new or not as they are stored, in the order given. */
  List<EnrollmentDiff> differences(String program, List<FlipEnrollment> enrollments)
      throws SQLException {
    List<EnrollmentDiff> differences = new ArrayList<>();
    for (int from = 0; from < enrollments.size(); from += PAGE) {
      List<FlipEnrollment> page =
          enrollments.subList(from, Math.min(from + PAGE, enrollments.size()));
      Map<String, Stored> stored = stored(program, page);
      for (FlipEnrollment enrollment : page) {
        Stored before = stored.getOrDefault(enrollment.id(), new Stored(null, 0));
        EnrollmentDiff difference = new EnrollmentDiff(enrollment, before.version() + 1);
        if (!difference.state().equals(before.state())) {
          differences.add(difference);
        }
      }
    }
    return differences;
  }

  /**
   * Stores them, and that a poll of the program has come through.
   *
   * @return those that PostgreSQL rejects
   */
  List<Rejected<EnrollmentDiff>> store(String program, List<EnrollmentDiff> differences)
      throws SQLException {
    execute(ADD_PROGRAM, program);
    List<Rejected<EnrollmentDiff>> rejected =
        splitter.store(differences, part -> storeAll(program, part));
    execute(SET_READ, program);
    return rejected;
  }

  private void storeAll(String program, List<EnrollmentDiff> differences) throws SQLException {
    Transaction.run(
        database,
        connection -> {
          try (PreparedStatement store = connection.prepareStatement(STORE)) {
            int batched = 0;
            for (EnrollmentDiff difference : differences) {
              store.setString(1, program);
              store.setString(2, difference.enrollment().id());
              store.setString(3, difference.state());
              store.setLong(4, difference.version());
              store.addBatch();
              if (++batched % PAGE == 0) {
                store.executeBatch();
              }
            }
            store.executeBatch();
          }
        });
  }

  private void execute(String sql, String program) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, program);
      statement.executeUpdate();
    }
  }

  private Map<String, Stored> stored(String program, List<FlipEnrollment> page)
      throws SQLException {
    Map<String, Stored> stored = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(STORED)) {
      select.setString(1, program);
      Object[] ids = page.stream().map(FlipEnrollment::id).toArray();
      select.setArray(2, connection.createArrayOf("text", ids));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          stored.put(row.getString(1), new Stored(row.getString(2), row.getLong(3)));
        }
      }
    }
    return stored;
  }
}
