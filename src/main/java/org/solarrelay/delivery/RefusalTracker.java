package org.solarrelay.delivery;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.delivery.queue.RefusalRepository;
import org.solarrelay.delivery.queue.RefusalRepository.Refusal;

/**
 * Tells a wrong key from a record that the destination refuses. One refusal proves neither. Once
 * another record's delivery passes, the refused delivery is tried a configured number of times more
 * and is dead then, and the refusals say nothing of the destination. Used by one thread.
 */
final class RefusalTracker {

  private static final long BETWEEN_REPORTS = TimeUnit.SECONDS.toNanos(1);

  private final String destination;
  private final RefusalRepository refusals;
  private final RelayConfig.Delivery config;
  private String passedRecord;
  private long passedSince;
  private long reportAt = System.nanoTime();

  RefusalTracker(String destination, RefusalRepository refusals, RelayConfig.Delivery config) {
    this.destination = destination;
    this.refusals = refusals;
    this.config = config;
  }

  /**
   * The same attempts, in the same order; refusals that are no sign of a wrong key have {@link
   * DestinationHealth#NONE}.
   *
   * @param paused whether the destination is paused; no delivery ends of a refusal then
   * @throws SQLException where the database cannot be used; to be called again with the same
   */
  List<CompletedAttempt> judged(List<CompletedAttempt> ended, boolean paused) throws SQLException {
    boolean passed = false;
    for (CompletedAttempt attempt : ended) {
      if (attempt.result().health() == DestinationHealth.UP && attempt.delivery().event() != null) {
        passed = true;
        notePass(attempt);
      }
    }
    List<Delivery> refused =
        ended.stream().filter(RefusalTracker::isRefused).map(CompletedAttempt::delivery).toList();
    if (refused.isEmpty()) {
      return ended;
    }
    reportPass();
    Map<Long, Refusal> known = refusals.refused(refused, !paused);
    boolean othersPass = passed;
    List<CompletedAttempt> judged =
        ended.stream()
            .map(
                attempt ->
                    isRefused(attempt) && !paused
                        ? judged(attempt, known.get(attempt.delivery().id()), othersPass)
                        : attempt)
            .toList();
    List<Delivery> dead =
        judged.stream()
            .filter(attempt -> known.containsKey(attempt.delivery().id()))
            .filter(attempt -> attempt.result().state() == DeliveryState.DEAD)
            .map(CompletedAttempt::delivery)
            .toList();
    if (!dead.isEmpty()) {
      refusals.forget(dead);
    }
    return judged;
  }

  /** Reports the latest delivery that passed, at most once a second. */
  void report() throws SQLException {
    if (passedRecord != null && System.nanoTime() - reportAt >= 0) {
      reportPass();
    }
  }

  private static boolean isRefused(CompletedAttempt attempt) {
    return attempt.result().health() == DestinationHealth.KEY_REFUSED;
  }

  private void notePass(CompletedAttempt attempt) {
    long since = System.nanoTime() - attempt.took().toNanos();
    if (passedRecord == null || since - passedSince > 0) {
      passedRecord = attempt.delivery().event().record();
      passedSince = since;
    }
  }

  private void reportPass() throws SQLException {
    if (passedRecord != null) {
      Duration sinceStart = Duration.ofNanos(System.nanoTime() - passedSince);
      refusals.disprove(destination, passedRecord, sinceStart);
      passedRecord = null;
      reportAt = System.nanoTime() + BETWEEN_REPORTS;
    }
  }

  private CompletedAttempt judged(CompletedAttempt attempt, Refusal refusal, boolean othersPass) {
    AttemptResult verdict = attempt.result();
    if (refusal == null || !refusal.own()) {
      return othersPass ? attempt.with(verdict.withHealth(DestinationHealth.NONE)) : attempt;
    }
    if (refusal.ownRefusals() < config.ownRefusals()) {
      Duration wait = backOff(refusal.ownRefusals());
      return attempt.with(
          AttemptResult.retry(wait, verdict.status(), verdict.reason(), verdict.response()));
    }
    String reason =
        "%s. It accepts the key for other records, so it refuses this one: refused %d times since"
            .formatted(verdict.reason(), refusal.ownRefusals());
    return attempt.with(AttemptResult.dead(verdict.status(), reason, verdict.response()));
  }

  private Duration backOff(int refusals) {
    Duration doubled = config.retryInitialDelay().multipliedBy(1L << Math.min(refusals, 20));
    Duration longest = config.probeMaxDelay();
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
