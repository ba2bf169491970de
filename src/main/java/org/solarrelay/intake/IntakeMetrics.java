package org.solarrelay.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.solarrelay.config.RelayConfig;

/** Counts the responses of intake: accepted by source, rejected by source and reason. */
@Singleton
class IntakeMetrics {

  /** The label of unknown sources: a sender must not create a time series per invented name. */
  private static final String UNKNOWN = "unknown";

  private record Rejection(String source, RejectionReason reason) {}

  private final MeterRegistry registry;
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
  private final Map<Rejection, Counter> rejected = new ConcurrentHashMap<>();

  IntakeMetrics(MeterRegistry registry, RelayConfig config) {
    this.registry = registry;
    // Prometheus sees an increase only after it has scraped the 0
    config.sources().keySet().forEach(this::registerAtZero);
    rejected.computeIfAbsent(new Rejection(UNKNOWN, RejectionReason.FAILED), this::rejectedCounter);
  }

  private void registerAtZero(String source) {
    accepted.computeIfAbsent(source, this::acceptedCounter);
    Stream.of(
            RejectionReason.UNAUTHENTICATED,
            RejectionReason.NO_SECRET,
            RejectionReason.NOT_JSON,
            RejectionReason.TOO_LARGE,
            RejectionReason.TOO_MANY_ELEMENTS,
            RejectionReason.BODY_MEMORY,
            RejectionReason.LOG_UNAVAILABLE)
        .map(reason -> new Rejection(source, reason))
        .forEach(rejection -> rejected.computeIfAbsent(rejection, this::rejectedCounter));
  }

  void accepted(String source) {
    accepted.computeIfAbsent(source, this::acceptedCounter).increment();
  }

  /** Counts a rejected request without a known source. */
  void rejected(RejectionReason reason) {
    rejected(UNKNOWN, reason);
  }

  /**
   * Counts a rejected request.
   *
   * @param source null if the request names no known source
   */
  void rejected(String source, RejectionReason reason) {
    Rejection rejection = new Rejection(source == null ? UNKNOWN : source, reason);
    rejected.computeIfAbsent(rejection, this::rejectedCounter).increment();
  }

  private Counter acceptedCounter(String source) {
    return Counter.builder("relay_webhooks_accepted")
        .description("Webhooks that Kafka has stored; response 202")
        .tag("source", source)
        .register(registry);
  }

  private Counter rejectedCounter(Rejection rejection) {
    return Counter.builder("relay_webhooks_rejected")
        .description("Webhooks that were not accepted; any response but 202")
        .tag("source", rejection.source)
        .tag("reason", rejection.reason.label())
        .register(registry);
  }
}
