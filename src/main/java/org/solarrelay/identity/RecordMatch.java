package org.solarrelay.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that was found by what it has in common with one of another system.
 *
 * @param key an id of the record
 * @param by e-mail or address
 */
record RecordMatch(RecordMerger.Key key, String by) {

  private record Candidate(long id, boolean project, boolean byEmail, boolean byAddress) {}

  private static final String CANDIDATES =
      """
      with hit as (
        select record, bool_or(trait = 'email') as email, bool_or(trait = 'address') as address
        from record_trait
        where trait = 'email' and value = ? or trait = 'address' and value = ?
        group by record)
      select r.id, r.project, bool_or(h.email) as email, bool_or(h.address) as address
      from hit h join record r on r.id = h.record or r.customer = h.record
      group by r.id, r.project
      """;

  /** The one record that fits, or null where none does or too many do. */
  static RecordMatch find(Connection connection, String email, String address) throws SQLException {
    List<Candidate> all = candidates(connection, email, address);
    // a customer's projects stand for the customer
    List<Candidate> projects = all.stream().filter(Candidate::project).toList();
    List<Candidate> records = projects.isEmpty() ? all : projects;
    List<Candidate> byEmail = records.stream().filter(Candidate::byEmail).toList();
    List<Candidate> byAddress =
        (byEmail.isEmpty() ? records : byEmail).stream().filter(Candidate::byAddress).toList();
    if (byEmail.size() == 1) {
      return new RecordMatch(anIdOf(connection, byEmail.get(0)), "e-mail");
    }
    return byAddress.size() == 1
        ? new RecordMatch(anIdOf(connection, byAddress.get(0)), "address")
        : null;
  }

  private static List<Candidate> candidates(Connection connection, String email, String address)
      throws SQLException {
    List<Candidate> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(CANDIDATES)) {
      select.setString(1, email);
      select.setString(2, address);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              new Candidate(
                  row.getLong(1), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)));
        }
      }
    }
    return found;
  }

  private static RecordMerger.Key anIdOf(Connection connection, Candidate record)
      throws SQLException {
    String sql = "select name, id from record_id where record = ? order by learnt_at, name limit 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, record.id());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new RecordMerger.Key(row.getString(1), row.getString(2));
      }
    }
  }
}
