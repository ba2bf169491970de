package org.solarrelay.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.solarrelay.config.RelayConfig;

/** Counts what intake answers: accepted by source, and refused by source and reason. */
@Singleton
class IntakeMetrics {

  /** Whoever asks for a source that there is not must not make a time series of its name. */
  private static final String UNKNOWN = "unknown";

  private record Refusal(String source, String reason) {}

  private final MeterRegistry registry;
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
  private final Map<Refusal, Counter> rejected = new ConcurrentHashMap<>();

  IntakeMetrics(MeterRegistry registry, RelayConfig config) {
    this.registry = registry;
    // an increase is only seen by who saw the 0 before it
    config.sources().keySet().forEach(this::showFromTheStart);
    rejected.computeIfAbsent(new Refusal(UNKNOWN, "failed"), this::rejectedOf);
  }

  private void showFromTheStart(String source) {
    accepted.computeIfAbsent(source, this::acceptedOf);
    Stream.of(
            "unauthenticated",
            "no-secret",
            "not-json",
            "too-large",
            "too-many-elements",
            "body-memory",
            "log-unavailable")
        .map(reason -> new Refusal(source, reason))
        .forEach(refusal -> rejected.computeIfAbsent(refusal, this::rejectedOf));
  }

  void accepted(String source) {
    accepted.computeIfAbsent(source, this::acceptedOf).increment();
  }

  /**
   * @param source null where there is none of that name
   */
  void rejected(String source, String reason) {
    Refusal refusal = new Refusal(source == null ? UNKNOWN : source, reason);
    rejected.computeIfAbsent(refusal, this::rejectedOf).increment();
  }

  private Counter acceptedOf(String source) {
    return Counter.builder("relay_webhooks_accepted")
        .description("Webhooks answered 202: Kafka has them")
        .tag("source", source)
        .register(registry);
  }

  private Counter rejectedOf(Refusal refusal) {
    return Counter.builder("relay_webhooks_rejected")
        .description("Webhooks answered anything but 202")
        .tag("source", refusal.source)
        .tag("reason", refusal.reason)
        .register(registry);
  }
}
