package org.solarrelay.vendor.reconcile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;
import org.solarrelay.vendor.reconcile.ReconcileRun.Options;

/** Stores runs. A run's row is its position, so that any pod continues it. */
@Singleton
public class RunRepository {

  /** SQL: the states of a run that is at work. */
  static final String ACTIVE_STATES = "('listing', 'publishing')";

  private static final Sql BEGIN =
      Sql.of(
          """
          insert into reconcile_run (vendor, reason, state, dry_run, learning, any_length, since, by,
            kind)
          values (:vendor, :reason, 'listing', :dryRun, :learning, :anyLength, :since, :by, :kind)
          on conflict do nothing
          returning *
          """);

  private static final Sql CLAIM =
      Sql.of(
          """
          update reconcile_run
          set lease = lease + 1, leased_until = now() + :lease * interval '1 ms',
            next_at = now()
              + case state when 'listing' then :pace else 0 end * interval '1 ms'
          where id = (
            select id from reconcile_run
            where vendor = :vendor and state in %s and next_at <= now()
              and (leased_until is null or leased_until <= now())
            for update skip locked)
          returning *
          """
              .formatted(ACTIVE_STATES));

  private static final Sql ACTIVE =
      Sql.of("select id from reconcile_run where vendor = :vendor and state in " + ACTIVE_STATES);

  private static final Sql LAST_GOOD =
      Sql.of(
          """
          select r.* from reconcile_vendor v join reconcile_run r on r.id = v.good_run
          where v.vendor = :vendor
          """);

  private static final Sql FIND = Sql.of("select * from reconcile_run where id = :id");

  private static final Sql LATEST =
      Sql.of("select * from reconcile_run where vendor = :vendor order by id desc limit :limit");

  private static final Sql MOVE =
      Sql.of(
          """
          update reconcile_run
          set kind = :kind, page = :page, pass = :pass, state = :state, counts = :counts,
            failures = 0, leased_until = null,
            next_at = greatest(next_at, now() + :wait * interval '1 ms')
          where id = :id and lease = :lease and leased_until is not null
          """);

  private static final Sql DELAY =
      Sql.of(
          """
          update reconcile_run
          set failures = failures + :failures, leased_until = null, detail = :detail,
            next_at = now() + :wait * interval '1 ms'
          where id = :id and lease = :lease
          """);

  private static final Sql END =
      Sql.of(
          """
          update reconcile_run
          set state = :state, detail = :detail, counts = :counts, finished_at = now(),
            leased_until = null
          where id = :id and lease = :lease
          """);

  /** Events of a run refer to it for as long as the database keeps events. */
  private static final Sql PRUNE =
      Sql.of(
          """
          delete from reconcile_run r where vendor = :vendor
            and finished_at < now() - :keep * interval '1 ms'
            and not exists (select from reconcile_vendor v where v.good_run = r.id)
          """);

  private final DataSource database;

  RunRepository(DataSource database) {
    this.database = database;
  }

  /** Claims the vendor's active run for a page; empty while there is nothing to do. */
  Optional<ReconcileRun> claim(String vendor, Duration pace, Duration lease) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return CLAIM.first(
          connection,
          parameters ->
              parameters
                  .set("vendor", vendor)
                  .set("lease", lease.toMillis())
                  .set("pace", pace.toMillis()),
          ReconcileRun::of);
    }
  }

  /** Begins a run; empty while the vendor has an active one. */
  Optional<ReconcileRun> begin(
      Connection connection,
      ReconciledLists lists,
      RunReason reason,
      Options options,
      Optional<String> by)
      throws SQLException {
    return BEGIN.first(
        connection,
        parameters ->
            parameters
                .set("vendor", lists.vendor())
                .set("reason", reason.label())
                .set("dryRun", options.dryRun())
                .set("learning", options.learning())
                .set("anyLength", options.anyLength())
                .set("since", options.since().orElse(null))
                .set("by", by)
                .set("kind", lists.lists().get(0).kind()),
        ReconcileRun::of);
  }

  /** Whether a run of the vendor is at work. */
  boolean isActive(String vendor) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return ACTIVE
          .first(connection, parameters -> parameters.set("vendor", vendor), row -> true)
          .isPresent();
    }
  }

  /** The last run with good lists. */
  Optional<ReconcileRun> lastGood(String vendor) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LAST_GOOD.first(
          connection, parameters -> parameters.set("vendor", vendor), ReconcileRun::of);
    }
  }

  Optional<ReconcileRun> find(long id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return FIND.first(connection, parameters -> parameters.set("id", id), ReconcileRun::of);
    }
  }

  /** The vendor's runs, the newest first. */
  List<ReconcileRun> latest(String vendor, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LATEST.list(
          connection,
          parameters -> parameters.set("vendor", vendor).set("limit", limit),
          ReconcileRun::of);
    }
  }

  /** Where a run goes on. */
  record Next(String kind, int page, int pass, RunState state, Duration delay) {}

  /**
   * Moves a run after a page.
   *
   * @throws SQLException if another pod has claimed the run meanwhile; nothing may be stored then
   */
  void move(Connection connection, ReconcileRun run, Next next, Map<String, ListCount> counts)
      throws SQLException {
    int moved =
        MOVE.update(
            connection,
            parameters ->
                parameters
                    .set("kind", next.kind())
                    .set("page", next.page())
                    .set("pass", next.pass())
                    .set("state", next.state().label())
                    .set("counts", ReconcileRun.json(counts))
                    .set("wait", next.delay().toMillis())
                    .set("id", run.id())
                    .set("lease", run.position().lease()));
    if (moved == 0) {
      throw new SQLException("another pod continues run " + run.id());
    }
  }

  /** Tries the same page again later. */
  void delay(ReconcileRun run, Duration wait, boolean failed, String detail) throws SQLException {
    Transaction.run(
        database,
        connection ->
            DELAY.update(
                connection,
                parameters ->
                    parameters
                        .set("wait", wait.toMillis())
                        .set("failures", failed ? 1 : 0)
                        .set("detail", detail)
                        .set("id", run.id())
                        .set("lease", run.position().lease())));
  }

  /** Ends a run; false if another pod has claimed it meanwhile. */
  boolean end(
      Connection connection,
      ReconcileRun run,
      RunState state,
      Map<String, ListCount> counts,
      Optional<String> detail)
      throws SQLException {
    return END.update(
            connection,
            parameters ->
                parameters
                    .set("state", state.label())
                    .set("detail", detail)
                    .set("counts", ReconcileRun.json(counts))
                    .set("id", run.id())
                    .set("lease", run.position().lease()))
        > 0;
  }

  /** Deletes runs that ended longer ago; 0 keeps all. */
  void prune(Connection connection, String vendor, Duration keep) throws SQLException {
    if (!keep.isZero()) {
      PRUNE.update(
          connection, parameters -> parameters.set("vendor", vendor).set("keep", keep.toMillis()));
    }
  }
}
