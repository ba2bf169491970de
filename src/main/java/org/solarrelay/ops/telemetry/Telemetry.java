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
 * Starts OpenTelemetry, configured by its variables {@code OTEL_…}, if they name an endpoint for
 * traces. Otherwise its SDK is not loaded.
 */
@Singleton
class Telemetry {

  private static final Logger LOG = Logger.getLogger(Telemetry.class);

  private static final long FLUSH_SECONDS = 3;

  /**
   * Metrics and logs are not exported: Prometheus scrapes metrics, and the platform collects logs.
   */
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
    LOG.info("The relay sends traces to the endpoint of OTEL_EXPORTER_OTLP_ENDPOINT");
    return sdk(config.tracing().endpoint().get());
  }

  /** A separate method, so that the SDK's classes are loaded only if it runs. */
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
      ((OpenTelemetrySdk) telemetry).shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
  }
}
