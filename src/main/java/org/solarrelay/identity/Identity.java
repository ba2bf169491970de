package org.solarrelay.identity;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.IndexKey;
import org.solarrelay.database.Transaction;
import org.solarrelay.event.Event;

/**
 * Which record of one system is which of another, in PostgreSQL. Every method throws {@link
 * SQLException} where the database can not be used; nothing has changed then.
 */
@Singleton
public class Identity {

  private final DataSource database;

  public Identity(DataSource database) {
    this.database = database;
  }

  /** Takes in what is said to belong together. What is known already changes nothing. */
  public void link(Collection<IdentityLink> links) throws SQLException {
    if (!links.isEmpty()) {
      link(links, Transaction::run);
    }
  }

  /**
   * As {@link #link}, ahead of a transaction that records where the links come from: after a crash
   * of the database they are there if that is. Everybody links one after the other, so nobody
   * should hold the others up for a write to the disk.
   */
  public void linkWithoutFlush(Collection<IdentityLink> links) throws SQLException {
    if (!links.isEmpty()) {
      link(links, Transaction::runWithoutFlush);
    }
  }

  private interface Commit {
    void run(DataSource database, Transaction.Step step) throws SQLException;
  }

  private void link(Collection<IdentityLink> links, Commit commit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      if (LinkRepository.linking(connection, links).changesNothing()) {
        return;
      }
    }
    commit.run(
        database,
        connection -> {
          // two that link at the same moment: the second sees what the first has made of it
          LinkRepository.lock(connection);
          LinkRepository.write(connection, LinkRepository.linking(connection, links));
        });
  }

  /** The events in the same order, each with all the ids its record is known by. */
  public List<Event> addKnownIds(Connection connection, List<Event> events) throws SQLException {
    List<RecordMerger.Key> keys =
        events.stream().flatMap(event -> keys(event).stream()).distinct().toList();
    Map<RecordMerger.Key, Map<String, String>> known = RecordLookup.of(connection, keys);
    List<Event> complete = new ArrayList<>(events.size());
    for (Event event : events) {
      Map<String, String> ids = new LinkedHashMap<>();
      keys(event).forEach(key -> known.getOrDefault(key, Map.of()).forEach(ids::putIfAbsent));
      complete.add(EventIds.complete(event, ids));
    }
    return complete;
  }

  /**
   * All the ids of a record, by name.
   *
   * @param system such as {@code crm}, or more exactly {@code enerflo.install}
   * @return empty where the id is not known
   */
  public Map<String, String> idsOf(String system, String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      List<RecordMerger.Key> keys = RecordLookup.named(connection, system, id);
      return keys.isEmpty()
          ? Map.of()
          : RecordLookup.of(connection, keys.subList(0, 1)).getOrDefault(keys.get(0), Map.of());
    }
  }

  /**
   * Links an enrollment to the project it is of: the one whose customer has the e-mail address; of
   * several, and where none has, the one at the address. Where that leaves none or several, nothing
   * is linked.
   *
   * @param email may be null
   * @param address in the form of {@link AddressKey}, may be null
   */
  public void linkEnrollment(String enrollmentId, String email, String address)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      RecordMatch match = RecordMatch.find(connection, IndexKey.of(email), IndexKey.of(address));
      if (match != null) {
        ExternalId enrollment =
            new ExternalId(
                "flip.enrollment", enrollmentId, "look-up by " + match.by() + " in Flip");
        ExternalId known = new ExternalId(match.key().name(), match.key().id(), enrollment.from());
        link(List.of(new IdentityLink(List.of(known, enrollment), null, null)));
      }
    }
  }

  private static List<RecordMerger.Key> keys(Event event) {
    return EventIds.of(event).entrySet().stream()
        .map(id -> new RecordMerger.Key(id.getKey(), id.getValue()))
        .toList();
  }
}
