package org.solarrelay.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.ops.telemetry.StageMetrics;

/**
 * Responds 503 while Kafka does not acknowledge webhooks. After a webhook without acknowledgement,
 * one webhook a second probes Kafka; intake rejects the others at once. Otherwise each would wait
 * for its own time-out, some on the event loop, longer than the 4 s that senders allow.
 */
@Singleton
@Named("logUnavailable")
public class KafkaAvailability implements Processor {

  /** What a sender reads while Kafka is unavailable. The image's training waits for this text. */
  public static final String UNAVAILABLE =
      "Kafka does not accept webhooks at the moment; this one was not stored";

  private static final Logger LOG = Logger.getLogger(KafkaAvailability.class);
  private static final long PROBE_INTERVAL = TimeUnit.SECONDS.toNanos(1);
  private static final long RECENT = TimeUnit.MINUTES.toNanos(1);
  private static final long AVAILABLE = Long.MAX_VALUE;

  /** Possible only if an operator has given the topic a smaller limit than the relay's. */
  private static final RejectedException TOO_LARGE =
      new RejectedException(
          RejectionReason.TOO_LARGE, "The body is larger than the limit of the topic solar.inbox");

  private final AtomicLong nextProbe = new AtomicLong(AVAILABLE);
  private final IntakeMetrics metrics;

  KafkaAvailability(IntakeMetrics metrics, StageMetrics stages) {
    this.metrics = metrics;
    stages.register(PipelineStage.INTAKE.id(), this::isRejecting);
  }

  /**
   * True for a minute after a failure; later it is unknown, because without webhooks nothing probes
   * Kafka.
   */
  private boolean isRejecting() {
    long probeAt = nextProbe.get();
    return probeAt != AVAILABLE && System.nanoTime() - probeAt < RECENT;
  }

  /**
   * Rejects a webhook while Kafka is unavailable.
   *
   * @throws RejectedException 503, unless this webhook is the probe
   */
  void requireAvailable() throws RejectedException {
    long probeAt = nextProbe.get();
    if (probeAt == AVAILABLE) {
      return;
    }
    long now = System.nanoTime();
    boolean probes = now - probeAt >= 0 && nextProbe.compareAndSet(probeAt, now + PROBE_INTERVAL);
    if (!probes) {
      throw unavailable();
    }
  }

  /** Records that Kafka has acknowledged a webhook. */
  void acknowledged() {
    if (nextProbe.get() != AVAILABLE && nextProbe.getAndSet(AVAILABLE) != AVAILABLE) {
      LOG.info("Kafka accepts webhooks again");
    }
  }

  /** Responds 503 with {@code Retry-After} to a webhook that Kafka has not acknowledged. */
  @Override
  public void process(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (cause instanceof RecordTooLargeException) {
      reject(exchange, TOO_LARGE);
      return;
    }
    if (nextProbe.getAndSet(System.nanoTime() + PROBE_INTERVAL) == AVAILABLE) {
      LOG.warnf("Kafka does not accept webhooks, senders get 503: %s", cause.getMessage());
    }
    reject(exchange, unavailable());
  }

  private void reject(Exchange exchange, RejectedException rejection) {
    metrics.rejected(
        exchange.getMessage().getHeader("relay_source", String.class), rejection.reason());
    exchange.getMessage().setBody(rejection.response());
  }

  private static RejectedException unavailable() {
    return new RejectedException(
        RejectionReason.LOG_UNAVAILABLE, UNAVAILABLE, Map.of("Retry-After", "5"));
  }
}
