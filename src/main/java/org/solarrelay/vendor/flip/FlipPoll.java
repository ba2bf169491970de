package org.solarrelay.vendor.flip;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.http.FailureCause;
import org.solarrelay.delivery.http.FailureClass;
import org.solarrelay.delivery.http.FailureText;
import org.solarrelay.routes.FailedStep;

/** When Flip's enrollments are polled, and what is told of how that went. */
@Singleton
@Named("flipPoll")
public class FlipPoll {

  private static final Logger LOG = Logger.getLogger(FlipPoll.class);
  private static final Duration WITHOUT_DATABASE = Duration.ofSeconds(5);

  private final String program;
  private final Duration interval;
  private final RelayConfig.Delivery policy;
  private final FlipPollLock turns;
  private final MeterRegistry metrics;
  private Instant lookAgain = Instant.MIN;

  @Inject
  public FlipPoll(RelayConfig config, DataSource database, MeterRegistry metrics) {
    RelayConfig.Destination flip = config.destinations().get("flip");
    boolean on = flip != null && flip.on();
    this.program = on ? config.flip().programId().orElse(null) : null;
    this.interval = config.flip().pollInterval();
    this.policy = config.delivery();
    this.turns = new FlipPollLock(database);
    this.metrics = metrics;
    if (program != null) {
      // an increase is only seen by who saw the 0 before it
      polls("succeeded");
      polls("failed");
    }
  }

  /**
   * Whether this pod is to poll now: an interval has passed since any pod did. Asking takes the
   * turn.
   */
  public synchronized boolean isDue() {
    boolean off = program == null || interval.isZero() || interval.isNegative();
    if (off || Instant.now().isBefore(lookAgain)) {
      return false;
    }
    try {
      Duration left = turns.take(program, interval);
      lookAgain = Instant.now().plus(left.isZero() ? interval : left);
      return left.isZero();
    } catch (SQLException e) {
      // the stages tell that the database is away, or not yet migrated
      LOG.debugf("Whether to poll Flip is not known: %s", e.getMessage());
      lookAgain = Instant.now().plus(WITHOUT_DATABASE);
      return false;
    }
  }

  /** Counts a poll that came through. */
  public void succeeded() {
    count("succeeded");
  }

  /** Tells of a poll that did not; the next one is as if it had not been. */
  public void failed(Exception failure) {
    count("failed");
    LOG.warnf(
        "Flip's enrollments could not be polled, the next try is in %s: %s",
        interval, described(failure));
    LOG.debug("The poll failed", failure);
  }

  private void count(String outcome) {
    polls(outcome).increment();
  }

  private Counter polls(String outcome) {
    return Counter.builder("relay_flip_polls")
        .description("Polls of Flip's enrollments by this pod")
        .tag("outcome", outcome)
        .register(metrics);
  }

  /** Without the response, which is about people. */
  private String described(Exception thrown) {
    Throwable failure = FailureCause.of(thrown);
    if (failure instanceof HttpOperationFailedException http) {
      int status = http.getStatusCode();
      boolean ours = FailureClass.of(status, policy) == FailureClass.OURS;
      return "Flip returned " + status + (ours ? ", it does not accept our key" : "");
    }
    if (failure instanceof CredentialsRejectedException) {
      return failure.getMessage();
    }
    if (failure instanceof SQLException) {
      return "PostgreSQL cannot be used: " + failure.getMessage();
    }
    if (failure instanceof ExecutionException append) {
      return "Kafka cannot be used: " + append.getCause().getMessage();
    }
    return FailureText.ofCall("Flip", failure).orElseGet(() -> FailedStep.kind(failure));
  }
}
