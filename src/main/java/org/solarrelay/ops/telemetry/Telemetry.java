package org.solarrelay.ops.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;

/**
 * OpenTelemetry as its own variables {@code OTEL_…} set it up, where there is an endpoint to send
 * traces to; else nothing of it is loaded.
 */
@Singleton
class Telemetry {

  private static final Logger LOG = Logger.getLogger(Telemetry.class);

  private static final long LAST_WORDS_SECONDS = 3;

  /** Metrics are scraped and logs collected, so neither is sent. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "solar-relay",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  @Produces
  @Singleton
  OpenTelemetry telemetry(RelayConfig config) {
    if (config.tracing().endpoint().isEmpty()) {
      return OpenTelemetry.noop();
    }
    LOG.info("Traces are sent to the endpoint of OTEL_EXPORTER_OTLP_ENDPOINT");
    return sdk(config.tracing().endpoint().get());
  }

  /** In a method of its own, so that its classes are loaded only if it runs. */
  private static OpenTelemetry sdk(String endpoint) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesSupplier(() -> DEFAULTS)
        .addPropertiesCustomizer(set -> Map.of("otel.exporter.otlp.endpoint", endpoint))
        .disableShutdownHook()
        .build()
        .getOpenTelemetrySdk();
  }

  void close(@Disposes OpenTelemetry telemetry) {
    if (telemetry != OpenTelemetry.noop()) {
      ((OpenTelemetrySdk) telemetry).shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }
  }
}
