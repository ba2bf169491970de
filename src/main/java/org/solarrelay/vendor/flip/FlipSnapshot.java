package org.solarrelay.vendor.flip;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/** Stores the enrollments of a program in PostgreSQL, as the last poll read them. */
final class FlipSnapshot {

  private static final Sql READ_BEFORE =
      Sql.of("select 1 from flip_poll where program = :program and read_at is not null");

  private static final Sql STORED =
      Sql.of(
          """
          select id, state, version from flip_enrollment
          where program = :program and id = any (:ids)
          """);

  private static final Sql ADD_PROGRAM =
      Sql.of("insert into flip_poll (program) values (:program) on conflict do nothing");

  private static final Sql SET_READ =
      Sql.of("update flip_poll set read_at = now() where program = :program");

  private static final Sql STORE =
      Sql.of(
          """
          insert into flip_enrollment (program, id, state, version)
          values (:program, :id, :state, :version)
          on conflict (program, id) do update
          set state = excluded.state, version = excluded.version
          where flip_enrollment.version < excluded.version
          """);

  private static final int PAGE = 1000;

  private final DataSource database;
  private final BatchSplitter splitter;

  FlipSnapshot(DataSource database, BatchSplitter splitter) {
    this.database = database;
    this.splitter = splitter;
  }

  private record Stored(String state, long version) {
    /**
     * Stands for an enrollment that is not stored: it differs from every state, and its next
     * version is 1.
     */
    static final Stored NONE = new Stored("", 0);
  }

  /** Whether a poll of the program has succeeded before. */
  boolean exists(String program) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return READ_BEFORE
          .first(connection, parameters -> parameters.set("program", program), row -> true)
          .isPresent();
    }
  }

  /** The enrollments that are new or differ from the stored ones, in the order of the list. */
  List<EnrollmentDiff> differences(String program, List<FlipEnrollment> enrollments)
      throws SQLException {
    List<EnrollmentDiff> differences = new ArrayList<>();
    for (int from = 0; from < enrollments.size(); from += PAGE) {
      List<FlipEnrollment> page =
          enrollments.subList(from, Math.min(from + PAGE, enrollments.size()));
      Map<String, Stored> stored = stored(program, page);
      for (FlipEnrollment enrollment : page) {
        Stored before = stored.getOrDefault(enrollment.id(), Stored.NONE);
        EnrollmentDiff difference = new EnrollmentDiff(enrollment, before.version() + 1);
        if (!difference.state().equals(before.state())) {
          differences.add(difference);
        }
      }
    }
    return differences;
  }

  /**
   * Stores differences, and that a poll of the program succeeded.
   *
   * @return the differences that PostgreSQL rejects
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
          for (int from = 0; from < differences.size(); from += PAGE) {
            STORE.batch(
                connection,
                differences.subList(from, Math.min(from + PAGE, differences.size())),
                (row, one) ->
                    row.set("program", program)
                        .set("id", one.enrollment().id())
                        .set("state", one.state())
                        .set("version", one.version()));
          }
        });
  }

  private void execute(Sql sql, String program) throws SQLException {
    try (Connection connection = database.getConnection()) {
      sql.update(connection, parameters -> parameters.set("program", program));
    }
  }

  private Map<String, Stored> stored(String program, List<FlipEnrollment> page)
      throws SQLException {
    Map<String, Stored> stored = new HashMap<>();
    List<String> ids = page.stream().map(FlipEnrollment::id).toList();
    try (Connection connection = database.getConnection()) {
      STORED.forEach(
          connection,
          parameters -> parameters.set("program", program).texts("ids", ids),
          row ->
              stored.put(
                  row.getString("id"), new Stored(row.getString("state"), row.getLong("version"))));
    }
    return stored;
  }
}
