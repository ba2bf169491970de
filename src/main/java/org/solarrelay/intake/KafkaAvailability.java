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
 * Answers 503 while the log does not take webhooks. After one was not acknowledged, the next are
 * refused at once, but for one a second that tries: without this, each would wait for its own
 * time-out, some of them on the event loop, and the last far beyond the 4 s that senders allow.
 */
@Singleton
@Named("logUnavailable")
class KafkaAvailability implements Processor {

  private static final Logger LOG = Logger.getLogger(KafkaAvailability.class);
  private static final long PROBE_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long LATELY = TimeUnit.MINUTES.toNanos(1);
  private static final long OPEN = Long.MAX_VALUE;

  /** Only where an operator made the topic smaller than this program's own limit. */
  private static final RejectedException TOO_LARGE =
      new RejectedException(
          413, "Content Too Large", "The body is larger than the topic solar.inbox takes");

  private final AtomicLong nextProbe = new AtomicLong(OPEN);
  private final IntakeMetrics metrics;

  KafkaAvailability(IntakeMetrics metrics, StageMetrics stages) {
    this.metrics = metrics;
    stages.watch(PipelineStage.INTAKE.id(), this::refusesNow);
  }

  /** While nobody sends anything, nobody learns whether the log takes it again. */
  private boolean refusesNow() {
    long probeAt = nextProbe.get();
    return probeAt != OPEN && System.nanoTime() - probeAt < LATELY;
  }

  /** Lets a webhook through, or not. */
  void requireOpen() throws RejectedException {
    long probeAt = nextProbe.get();
    if (probeAt == OPEN) {
      return;
    }
    long now = System.nanoTime();
    boolean probes = now - probeAt >= 0 && nextProbe.compareAndSet(probeAt, now + PROBE_EVERY);
    if (!probes) {
      throw unavailable();
    }
  }

  /** The log has acknowledged a webhook. */
  void acknowledged() {
    if (nextProbe.get() != OPEN && nextProbe.getAndSet(OPEN) != OPEN) {
      LOG.info("Kafka takes webhooks again");
    }
  }

  /** The log has not acknowledged this webhook: its sender is asked to come again. */
  @Override
  public void process(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (cause instanceof RecordTooLargeException) {
      refuse(exchange, TOO_LARGE);
      return;
    }
    if (nextProbe.getAndSet(System.nanoTime() + PROBE_EVERY) == OPEN) {
      LOG.warnf("Kafka does not take webhooks, senders get 503: %s", cause.getMessage());
    }
    refuse(exchange, unavailable());
  }

  private void refuse(Exchange exchange, RejectedException refusal) {
    metrics.rejected(
        exchange.getMessage().getHeader("relay_source", String.class), refusal.reason());
    exchange.getMessage().setBody(refusal.answer());
  }

  private static RejectedException unavailable() {
    return new RejectedException(
        503,
        "Service Unavailable",
        "The relay can not store webhooks at the moment; nothing was kept of this one",
        Map.of("Retry-After", "5"));
  }
}
