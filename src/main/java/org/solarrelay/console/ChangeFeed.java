package org.solarrelay.console;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Sql;
import org.solarrelay.delivery.DeliveryWorkers;
import org.solarrelay.delivery.queue.BulkReplayRepository;
import org.solarrelay.delivery.queue.OperatorPauses;

/**
 * Reports which kinds of data change at any pod. While a page listens, the feed reads PostgreSQL's
 * counters of changed rows once a second, with one query for all listeners of a pod. These counters
 * may be up to ten seconds late; pauses, bulk replays and this pod's circuit breakers are not.
 */
@Singleton
class ChangeFeed {

  private static final Logger LOG = Logger.getLogger(ChangeFeed.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  // no page has listened meanwhile
  private static final Duration STALE = EVERY.multipliedBy(3);

  private static final Sql CHANGED_ROWS =
      Sql.of(
          """
          select relname, n_tup_ins + n_tup_upd + n_tup_del as changes
          from pg_stat_user_tables
          """);

  /** What the last query has found, to compare with the next one. */
  private record State(
      Map<ChangeKind, Long> changedRows,
      Map<String, String> pauses,
      Optional<OffsetDateTime> replays) {}

  private static final State UNKNOWN = new State(Map.of(), Map.of(), Optional.empty());

  private final DataSource database;
  private final ReloadableConfig live;
  private final OperatorPauses operatorPauses;
  private final DeliveryWorkers workers;
  private final BulkReplayRepository replays;
  private final Multi<Set<ChangeKind>> changes;
  private State last = UNKNOWN;
  private long lastLook = System.nanoTime() - STALE.toNanos();

  ChangeFeed(
      DataSource database,
      ReloadableConfig live,
      OperatorPauses operatorPauses,
      DeliveryWorkers workers,
      BulkReplayRepository replays) {
    this.database = database;
    this.live = live;
    this.operatorPauses = operatorPauses;
    this.workers = workers;
    this.replays = replays;
    this.changes =
        Multi.createFrom()
            .ticks()
            .every(EVERY)
            .onOverflow()
            .drop()
            .emitOn(Infrastructure.getDefaultWorkerPool())
            .map(tick -> look())
            .select()
            .where(kinds -> !kinds.isEmpty())
            .broadcast()
            .withCancellationAfterLastSubscriberDeparture()
            .toAllSubscribers();
  }

  /** Completes when {@link #changes} reports each later change. */
  Uni<Void> ready() {
    return Uni.createFrom()
        .voidItem()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .invoke(this::lookIfStale);
  }

  /** The kinds that have changed, at most once a second. */
  Multi<Set<ChangeKind>> changes() {
    return changes.onOverflow().dropPreviousItems();
  }

  private synchronized void lookIfStale() {
    if (System.nanoTime() - lastLook >= STALE.toNanos()) {
      look();
    }
  }

  private synchronized Set<ChangeKind> look() {
    lastLook = System.nanoTime();
    try {
      State now = new State(changedRows(), pauses(), replays.lastChange());
      Set<ChangeKind> changed = difference(last, now);
      last = now;
      return changed;
    } catch (SQLException e) {
      LOG.debug("The database cannot be read", e);
      // when PostgreSQL can be read again, everything may have changed
      last = UNKNOWN;
      return Set.of();
    }
  }

  private static Set<ChangeKind> difference(State before, State now) {
    Set<ChangeKind> changed =
        Stream.of(ChangeKind.values())
            .filter(
                kind ->
                    !Objects.equals(before.changedRows().get(kind), now.changedRows().get(kind)))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ChangeKind.class)));
    if (!before.pauses().equals(now.pauses())) {
      changed.add(ChangeKind.DESTINATIONS);
    }
    if (!before.replays().equals(now.replays())) {
      changed.add(ChangeKind.REPLAYS);
    }
    return changed;
  }

  private Map<ChangeKind, Long> changedRows() throws SQLException {
    Map<ChangeKind, Long> rows = new EnumMap<>(ChangeKind.class);
    try (Connection connection = database.getConnection()) {
      CHANGED_ROWS.forEach(
          connection,
          row -> {
            long changes = row.getLong("changes");
            ChangeKind.ofTable(row.getString("relname"))
                .ifPresent(kind -> rows.merge(kind, changes, Long::sum));
          });
    }
    return rows;
  }

  private Map<String, String> pauses() throws SQLException {
    Map<String, String> pauses = new HashMap<>();
    for (String destination : live.destinations().keySet()) {
      pauses.put(
          destination, operatorPauses.of(destination) + " " + workers.pauseReason(destination));
    }
    return pauses;
  }
}
