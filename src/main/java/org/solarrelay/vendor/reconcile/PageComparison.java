package org.solarrelay.vendor.reconcile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Transaction;
import org.solarrelay.identity.IdType;
import org.solarrelay.vendor.reconcile.ReconciledLists.ListKind;
import org.solarrelay.vendor.reconcile.RunRepository.Next;

/** Compares a page of a list with the last run, and moves the run to the next page. */
@Singleton
class PageComparison {

  /** A list that changes its order while it is read is read again, so often at most. */
  private static final int MAX_PASSES = 3;

  private static final int MAX_PAGES = 100_000;

  /** The clocks of pods and database differ by less. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final DataSource database;
  private final KnownRecordRepository known;
  private final ChangeRepository changes;
  private final RunRepository runs;
  private final Duration settle;

  PageComparison(
      DataSource database,
      KnownRecordRepository known,
      ChangeRepository changes,
      RunRepository runs,
      ReloadableConfig live) {
    this.database = database;
    this.known = known;
    this.changes = changes;
    this.runs = runs;
    this.settle = live.get().reconcile().settle();
  }

  /** Compares a page. */
  void store(ReconcileTask task, ListedPage page, ReconciledLists lists) throws SQLException {
    Map<String, ListedRecord> byId = new LinkedHashMap<>();
    page.records().forEach(record -> byId.putIfAbsent(record.id(), record));
    Transaction.run(database, connection -> store(connection, task, page, byId, lists.lists()));
  }

  private void store(
      Connection connection,
      ReconcileTask task,
      ListedPage page,
      Map<String, ListedRecord> byId,
      List<ListKind> lists)
      throws SQLException {
    ReconcileRun run = task.run();
    List<ListedRecord> differing = differing(connection, task, byId);
    boolean dryRun = run.options().dryRun();
    int found = dryRun ? byId.size() : known.seen(connection, run, task.getKind(), byId.keySet());
    if (run.options().learning() && !dryRun) {
      known.store(connection, run.vendor(), task.getKind(), List.copyOf(byId.values()), task.at());
    } else {
      changes.add(connection, task, differing);
    }
    ListCount count =
        run.count(task.getKind())
            .plusPage(page.rows(), found, page.total().orElse(0), task.getPage());
    Next next = next(task, page, found, count, lists);
    boolean nextPass = next.pass() > run.position().pass();
    runs.move(
        connection, run, next, run.countsWith(task.getKind(), nextPass ? count.nextPass() : count));
  }

  private List<ListedRecord> differing(
      Connection connection, ReconcileTask task, Map<String, ListedRecord> byId)
      throws SQLException {
    if (byId.isEmpty()) {
      return List.of();
    }
    ReconcileRun run = task.run();
    Map<String, KnownRecordRepository.Row> rows =
        known.find(connection, run.vendor(), task.getKind(), byId.keySet());
    Set<String> touched =
        task.lastGood().isEmpty() || run.options().learning()
            ? Set.of()
            : known.touched(
                connection,
                run.vendor(),
                idName(run, byId),
                byId.keySet(),
                task.lastGood().get().minus(SLACK));
    List<ListedRecord> differing = new ArrayList<>();
    for (ListedRecord record : byId.values()) {
      KnownRecordRepository.Row row = rows.get(record.id());
      boolean same =
          row != null
              && !row.isUnknown()
              && row.state().equals(record.state())
              && !touched.contains(record.id());
      boolean wanted = run.options().since().map(record::changedSince).orElse(true);
      if (!same && wanted) {
        differing.add(record);
      }
    }
    return differing;
  }

  private static String idName(ReconcileRun run, Map<String, ListedRecord> byId) {
    ListedRecord first = byId.values().iterator().next();
    return IdType.of(run.vendor(), first.creation().type(), first.subject());
  }

  private Next next(
      ReconcileTask task, ListedPage page, int found, ListCount count, List<ListKind> lists) {
    ReconcileRun.Position now = task.run().position();
    if (hasMore(task, page, found, count)) {
      return new Next(now.kind(), now.page() + 1, now.pass(), RunState.LISTING, Duration.ZERO);
    }
    boolean again =
        count.isIncomplete() && now.pass() < MAX_PASSES && !task.run().options().dryRun();
    if (again) {
      return new Next(now.kind(), 1, now.pass() + 1, RunState.LISTING, Duration.ZERO);
    }
    int list = lists.stream().map(ListKind::kind).toList().indexOf(now.kind());
    return list + 1 < lists.size()
        ? new Next(lists.get(list + 1).kind(), 1, 1, RunState.LISTING, Duration.ZERO)
        : new Next(now.kind(), now.page(), now.pass(), RunState.PUBLISHING, settle);
  }

  private static boolean hasMore(ReconcileTask task, ListedPage page, int found, ListCount count) {
    int read = task.getPage();
    if (!page.full() || read >= MAX_PAGES) {
      return false;
    }
    if (page.pages().isPresent()) {
      return read < page.pages().getAsInt();
    }
    if (page.total().isPresent()) {
      return count.rows() < page.total().getAsInt();
    }
    // a vendor that ignores the page sends the same records for ever
    return task.run().position().pass() > 1 ? read < count.pages() : found > 0;
  }
}
