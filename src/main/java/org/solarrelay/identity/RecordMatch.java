package org.solarrelay.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.database.Sql;

/**
 * A record that was found by an e-mail address or an address.
 *
 * @param key an id of the record
 * @param by {@code e-mail} or {@code address}
 */
record RecordMatch(RecordMerger.Key key, String by) {

  private record Candidate(long id, boolean project, boolean byEmail, boolean byAddress) {}

  private static final Sql CANDIDATES =
      Sql.of(
          """
          with hit as (
            select record, bool_or(trait = 'email') as email, bool_or(trait = 'address') as address
            from record_trait
            where trait = 'email' and value = :email or trait = 'address' and value = :address
            group by record)
          select r.id, r.project, bool_or(h.email) as email, bool_or(h.address) as address
          from hit h join record r on r.id = h.record or r.customer = h.record
          group by r.id, r.project
          """);

  private static final Sql ID =
      Sql.of(
          """
          select name, id from record_id where record = :record order by learnt_at, name limit 1
          """);

  /** The one record that matches; null where none or several do. */
  static RecordMatch find(Connection connection, String email, String address) throws SQLException {
    List<Candidate> all = candidates(connection, email, address);
    // a customer's projects stand for the customer
    List<Candidate> projects = all.stream().filter(Candidate::project).toList();
    List<Candidate> records = projects.isEmpty() ? all : projects;
    List<Candidate> byEmail = records.stream().filter(Candidate::byEmail).toList();
    List<Candidate> byAddress =
        (byEmail.isEmpty() ? records : byEmail).stream().filter(Candidate::byAddress).toList();
    if (byEmail.size() == 1) {
      return new RecordMatch(firstIdOf(connection, byEmail.get(0)), "e-mail");
    }
    return byAddress.size() == 1
        ? new RecordMatch(firstIdOf(connection, byAddress.get(0)), "address")
        : null;
  }

  private static List<Candidate> candidates(Connection connection, String email, String address)
      throws SQLException {
    return CANDIDATES.list(
        connection,
        parameters -> parameters.set("email", email).set("address", address),
        row ->
            new Candidate(
                row.getLong("id"),
                row.getBoolean("project"),
                row.getBoolean("email"),
                row.getBoolean("address")));
  }

  private static RecordMerger.Key firstIdOf(Connection connection, Candidate record)
      throws SQLException {
    return ID.first(
            connection,
            parameters -> parameters.set("record", record.id()),
            row -> new RecordMerger.Key(row.getString("name"), row.getString("id")))
        .orElseThrow();
  }
}
