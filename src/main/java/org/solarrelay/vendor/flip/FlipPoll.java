package org.solarrelay.vendor.flip;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
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

/** Decides when Flip's enrollments are polled; counts and logs the result of each poll. */
@Singleton
@Named("flipPoll")
public class FlipPoll {

  private static final Logger LOG = Logger.getLogger(FlipPoll.class);
  private static final Duration RETRY_WITHOUT_DATABASE = Duration.ofSeconds(5);

  /** The result of a poll; in lower case the value of the metric's label {@code outcome}. */
  private enum Result {
    SUCCEEDED,
    FAILED
  }

  private final String program;
  private final Duration interval;
  private final RelayConfig.Delivery policy;
  private final FlipPollLock lock;
  private final MeterRegistry metrics;
  private Instant nextCheck = Instant.MIN;

  @Inject
  public FlipPoll(RelayConfig config, DataSource database, MeterRegistry metrics) {
    RelayConfig.Destination flip = config.destinations().get("flip");
    boolean on = flip != null && flip.on();
    this.program = on ? config.flip().programId().orElse(null) : null;
    this.interval = config.flip().pollInterval();
    this.policy = config.delivery();
    this.lock = new FlipPollLock(database);
    this.metrics = metrics;
    if (program != null) {
      // Prometheus sees the first increase only if it scraped a 0 before
      polls(Result.SUCCEEDED);
      polls(Result.FAILED);
    }
  }

  /**
   * Whether this pod polls now: the interval has passed since the last poll of any pod. A call that
   * returns true starts the next interval.
   */
  public synchronized boolean isDue() {
    boolean off = program == null || interval.isZero() || interval.isNegative();
    if (off || Instant.now().isBefore(nextCheck)) {
      return false;
    }
    try {
      Duration remaining = lock.take(program, interval);
      nextCheck = Instant.now().plus(remaining.isZero() ? interval : remaining);
      return remaining.isZero();
    } catch (SQLException e) {
      // the pipeline reports that the database is unavailable or not migrated yet
      LOG.debugf("Cannot decide whether to poll Flip: %s", e.getMessage());
      nextCheck = Instant.now().plus(RETRY_WITHOUT_DATABASE);
      return false;
    }
  }

  /** Counts a successful poll. */
  public void succeeded() {
    count(Result.SUCCEEDED);
  }

  /** Counts and logs a failed poll. The next poll finds the same differences. */
  public void failed(Exception failure) {
    count(Result.FAILED);
    LOG.warnf(
        "The poll of Flip's enrollments failed, the next one is in %s: %s",
        interval, describe(failure));
    LOG.debug("The poll failed", failure);
  }

  private void count(Result result) {
    polls(result).increment();
  }

  private Counter polls(Result result) {
    return Counter.builder("relay_flip_polls")
        .description("Polls of Flip's enrollments by this pod")
        .tag("outcome", result.name().toLowerCase(Locale.ROOT))
        .register(metrics);
  }

  /** The failure for the log, without the response, which holds personal data. */
  private String describe(Exception thrown) {
    Throwable failure = FailureCause.of(thrown);
    if (failure instanceof HttpOperationFailedException http) {
      int status = http.getStatusCode();
      boolean rejectsKey = FailureClass.of(status, policy) == FailureClass.KEY_REFUSED;
      return "Flip returned " + status + (rejectsKey ? ", it does not accept our key" : "");
    }
    if (failure instanceof CredentialsRejectedException) {
      return failure.getMessage();
    }
    if (failure instanceof SQLException) {
      return "PostgreSQL is unavailable: " + failure.getMessage();
    }
    if (failure instanceof ExecutionException append) {
      return "Kafka is unavailable: " + append.getCause().getMessage();
    }
    return FailureText.ofCall("Flip", failure).orElseGet(() -> FailedStep.kind(failure));
  }
}
