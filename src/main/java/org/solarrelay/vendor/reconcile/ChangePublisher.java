package org.solarrelay.vendor.reconcile;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.Transaction;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.echo.KnownRecord;
import org.solarrelay.identity.echo.RecordHistory;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;
import org.solarrelay.vendor.reconcile.ChangeRepository.Candidate;
import org.solarrelay.vendor.reconcile.ChangeRepository.DecidedChange;
import org.solarrelay.vendor.reconcile.ChangeRepository.MadeEvent;
import org.solarrelay.vendor.reconcile.RunRepository.Next;

/** Decides about the records that a run found to differ, and publishes their events. */
@Singleton
class ChangePublisher {

  private static final Logger LOG = Logger.getLogger(ChangePublisher.class);

  private static final int CHUNK = 200;

  private final DataSource database;
  private final KnownRecordRepository known;
  private final ChangeRepository changes;
  private final RunRepository runs;
  private final RecordHistory history;
  private final RecordPublisher publisher;
  private final ReconcileMetrics metrics;
  private final Duration settle;

  ChangePublisher(
      DataSource database,
      KnownRecordRepository known,
      ChangeRepository changes,
      RunRepository runs,
      RecordHistory history,
      RecordPublisher publisher,
      ReconcileMetrics metrics,
      ReloadableConfig live) {
    this.database = database;
    this.known = known;
    this.changes = changes;
    this.runs = runs;
    this.history = history;
    this.publisher = publisher;
    this.metrics = metrics;
    this.settle = live.get().reconcile().settle();
  }

  /** A record, the decision about it, and its events. */
  private record Decided(
      Candidate candidate, Decision decision, List<ReconciledEvents.Made> events) {

    DecidedChange change() {
      return new DecidedChange(
          candidate.kind(),
          candidate.record().id(),
          decision.label(),
          events.stream()
              .map(
                  made ->
                      new MadeEvent(made.event().type(), made.event().id(), made.change().label()))
              .toList());
    }

    /** Whether the listed state becomes the one that later runs compare with. */
    boolean isStored() {
      return decision != Decision.BUSY;
    }
  }

  /**
   * Publishes the events of some records, then stores their states: a crash in between publishes
   * the same events again, under the same ids.
   *
   * @return the run after it; empty if no record is left
   */
  Optional<ReconcileRun> publish(ReconcileTask task, Optional<OffsetDateTime> baseline)
      throws SQLException, ExecutionException, InterruptedException {
    ReconcileRun run = task.run();
    List<Decided> decided;
    try (Connection connection = database.getConnection()) {
      decided = decide(connection, run, changes.undecided(connection, run.id(), CHUNK), baseline);
    }
    if (decided.isEmpty()) {
      return Optional.empty();
    }
    if (!run.options().dryRun()) {
      append(decided);
    }
    Map<String, ListCount> counts = counts(run, decided);
    Transaction.run(database, connection -> store(connection, run, decided, counts));
    if (!run.options().dryRun()) {
      decided.forEach(
          one ->
              one.events()
                  .forEach(
                      made -> metrics.missed(run.vendor(), one.candidate().kind(), made.change())));
    }
    return Optional.of(run);
  }

  private List<Decided> decide(
      Connection connection,
      ReconcileRun run,
      List<Candidate> candidates,
      Optional<OffsetDateTime> baseline)
      throws SQLException {
    ChangeDetector detector = new ChangeDetector(run, baseline, settle);
    List<Event> events =
        candidates.stream()
            .map(one -> ChangeDetector.event(run, one.record(), one.record().creation(), one.at()))
            .toList();
    List<KnownRecord> histories = history.of(connection, events);
    List<Decided> decided = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      KnownRecordRepository.Row row =
          known
              .find(connection, run.vendor(), candidate.kind(), List.of(candidate.record().id()))
              .getOrDefault(candidate.record().id(), KnownRecordRepository.Row.UNKNOWN);
      decided.add(decided(run, candidate, detector.decide(candidate, row, histories.get(i))));
    }
    return decided;
  }

  private static Decided decided(
      ReconcileRun run, Candidate candidate, ChangeDetector.Result result) {
    try {
      return new Decided(
          candidate, result.decision(), ReconciledEvents.of(run, candidate, result.missed()));
    } catch (InvalidMessageException e) {
      LOG.warnf(
          "%s lists a record of %s that makes no event: %s",
          run.vendor(), candidate.kind(), e.getMessage());
      return new Decided(candidate, Decision.INVALID, List.of());
    }
  }

  private void append(List<Decided> decided) throws ExecutionException, InterruptedException {
    List<ProducerRecord<byte[], byte[]>> records =
        decided.stream()
            .flatMap(one -> one.events().stream())
            .map(made -> RecordPublisher.record(made.event()))
            .toList();
    for (AppendResult result : publisher.append(records)) {
      result
          .reason()
          .ifPresent(reason -> LOG.warnf("A missed event was not published: %s", reason));
    }
  }

  private void store(
      Connection connection, ReconcileRun run, List<Decided> decided, Map<String, ListCount> counts)
      throws SQLException {
    ReconcileRun.Position now = run.position();
    runs.move(
        connection,
        run,
        new Next(now.kind(), now.page(), now.pass(), RunState.PUBLISHING, Duration.ZERO),
        counts);
    changes.decide(connection, run.id(), decided.stream().map(Decided::change).toList());
    if (!run.options().dryRun()) {
      for (Decided one : decided) {
        if (one.isStored()) {
          Candidate candidate = one.candidate();
          known.store(
              connection,
              run.vendor(),
              candidate.kind(),
              List.of(candidate.record()),
              candidate.at());
        }
      }
    }
  }

  private static Map<String, ListCount> counts(ReconcileRun run, List<Decided> decided) {
    Map<String, ListCount> counts = new TreeMap<>(run.counts());
    for (Decided one : decided) {
      for (ReconciledEvents.Made made : one.events()) {
        counts.compute(
            one.candidate().kind(),
            (kind, count) ->
                (count == null ? ListCount.NONE : count).plusMissed(made.change().label()));
      }
    }
    return counts;
  }
}
