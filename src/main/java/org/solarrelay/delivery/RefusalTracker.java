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
 * Distinguishes a wrong key from a record that the destination refuses. One refusal proves neither.
 * Once a delivery of another record succeeds, the key is right: the refused delivery is retried a
 * configured number of times and is then dead, and its refusals no longer affect the circuit
 * breaker. Used by one thread.
 */
final class RefusalTracker {

  private static final long BETWEEN_REPORTS = TimeUnit.SECONDS.toNanos(1);

  private final String destination;
  private final RefusalRepository refusals;
  private final RelayConfig.Delivery config;
  private String deliveredRecord;
  private long deliveredSince;
  private long reportAt = System.nanoTime();

  RefusalTracker(String destination, RefusalRepository refusals, RelayConfig.Delivery config) {
    this.destination = destination;
    this.refusals = refusals;
    this.config = config;
  }

  /**
   * Returns the attempts in the same order. Refusals that do not indicate a wrong key get {@link
   * DestinationHealth#NONE}.
   *
   * @param paused whether the destination is paused; then no refusal makes a delivery dead
   * @throws SQLException where the database is unavailable; call it again with the same attempts
   */
  List<CompletedAttempt> judged(List<CompletedAttempt> ended, boolean paused) throws SQLException {
    boolean succeeded = false;
    for (CompletedAttempt attempt : ended) {
      if (attempt.result().health() == DestinationHealth.UP && attempt.delivery().event() != null) {
        succeeded = true;
        noteDelivery(attempt);
      }
    }
    List<Delivery> refused =
        ended.stream().filter(RefusalTracker::isRefused).map(CompletedAttempt::delivery).toList();
    if (refused.isEmpty()) {
      return ended;
    }
    reportDelivery();
    Map<Long, Refusal> known = refusals.refused(refused, !paused);
    boolean othersSucceed = succeeded;
    List<CompletedAttempt> judged =
        ended.stream()
            .map(
                attempt ->
                    isRefused(attempt) && !paused
                        ? judged(attempt, known.get(attempt.delivery().id()), othersSucceed)
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

  /** Stores the latest success, at most once a second. */
  void report() throws SQLException {
    if (deliveredRecord != null && System.nanoTime() - reportAt >= 0) {
      reportDelivery();
    }
  }

  private static boolean isRefused(CompletedAttempt attempt) {
    return attempt.result().health() == DestinationHealth.KEY_REFUSED;
  }

  private void noteDelivery(CompletedAttempt attempt) {
    long since = System.nanoTime() - attempt.took().toNanos();
    if (deliveredRecord == null || since - deliveredSince > 0) {
      deliveredRecord = attempt.delivery().event().record();
      deliveredSince = since;
    }
  }

  private void reportDelivery() throws SQLException {
    if (deliveredRecord != null) {
      Duration sinceStart = Duration.ofNanos(System.nanoTime() - deliveredSince);
      refusals.disprove(destination, deliveredRecord, sinceStart);
      deliveredRecord = null;
      reportAt = System.nanoTime() + BETWEEN_REPORTS;
    }
  }

  private CompletedAttempt judged(
      CompletedAttempt attempt, Refusal refusal, boolean othersSucceed) {
    AttemptResult result = attempt.result();
    if (refusal == null || !refusal.own()) {
      return othersSucceed ? attempt.with(result.withHealth(DestinationHealth.NONE)) : attempt;
    }
    if (refusal.ownRefusals() < config.ownRefusals()) {
      Duration wait = backOff(refusal.ownRefusals());
      return attempt.with(
          AttemptResult.retry(wait, result.status(), result.reason(), result.response()));
    }
    String reason =
        "%s. It accepts the key for other records, so it refuses this one: refused %d times since"
            .formatted(result.reason(), refusal.ownRefusals());
    return attempt.with(AttemptResult.dead(result.status(), reason, result.response()));
  }

  private Duration backOff(int refusals) {
    Duration doubled = config.retryInitialDelay().multipliedBy(1L << Math.min(refusals, 20));
    Duration longest = config.probeMaxDelay();
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
