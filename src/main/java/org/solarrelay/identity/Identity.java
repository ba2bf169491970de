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
 * Links the ids that one customer or project has in different systems, and looks the ids up. The
 * links are stored in PostgreSQL. Every method throws {@link SQLException} if the database is
 * unavailable.
 */
@Singleton
public class Identity {

  private final DataSource database;

  public Identity(DataSource database) {
    this.database = database;
  }

  /** Stores links. A link that is stored already changes nothing. */
  public void link(Collection<IdentityLink> links) throws SQLException {
    if (!links.isEmpty()) {
      link(links, Transaction::run);
    }
  }

  /**
   * Stores links before a transaction that stores their origin, without waiting for the disk. After
   * a crash of the database, the links exist where that transaction is committed. Links are stored
   * under one lock, so waiting for the disk here would delay every pod.
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
      if (LinkRepository.merge(connection, links).isUnchanged()) {
        return;
      }
    }
    commit.run(
        database,
        connection -> {
          // of two concurrent calls the second one sees the links of the first
          LinkRepository.lock(connection);
          LinkRepository.save(connection, LinkRepository.merge(connection, links));
        });
  }

  /** The events in the same order, each with all known ids of its record. */
  public List<Event> addKnownIds(Connection connection, List<Event> events) throws SQLException {
    List<RecordMerger.Key> keys =
        events.stream().flatMap(event -> keys(event).stream()).distinct().toList();
    Map<RecordMerger.Key, Map<String, String>> known = RecordLookup.idsOf(connection, keys);
    List<Event> withIds = new ArrayList<>(events.size());
    for (Event event : events) {
      Map<String, String> ids = new LinkedHashMap<>();
      keys(event).forEach(key -> known.getOrDefault(key, Map.of()).forEach(ids::putIfAbsent));
      withIds.add(EventIds.addKnownIds(event, ids));
    }
    return withIds;
  }

  /**
   * The ids of a record, by name.
   *
   * @param system a system such as {@code crm}, or the name of an id such as {@code
   *     enerflo.install}
   * @return empty where the id is unknown
   */
  public Map<String, String> idsOf(String system, String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      List<RecordMerger.Key> keys = RecordLookup.keysOf(connection, system, id);
      return keys.isEmpty()
          ? Map.of()
          : RecordLookup.idsOf(connection, keys.subList(0, 1)).getOrDefault(keys.get(0), Map.of());
    }
  }

  /**
   * Links an enrollment to the project whose customer has the e-mail address. If several projects
   * match, or none, the address decides. If the address leaves none or several, the method links
   * nothing.
   *
   * @param email null where unknown
   * @param address a key of {@link AddressKey}; null where unknown
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
        link(List.of(IdentityLink.ofIds(List.of(known, enrollment))));
      }
    }
  }

  private static List<RecordMerger.Key> keys(Event event) {
    return EventIds.of(event).entrySet().stream()
        .map(id -> new RecordMerger.Key(id.getKey(), id.getValue()))
        .toList();
  }
}
