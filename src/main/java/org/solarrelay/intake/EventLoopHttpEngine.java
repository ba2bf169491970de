package org.solarrelay.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.ops.telemetry.RelayTracer;

/**
 * The HTTP server that {@code platform-http:} routes of intake run on: Quarkus' own, entered on its
 * event loop. Camel's engine hands every request to a worker thread and waits there, which costs
 * half the rate (bench/intake); intake never blocks, so it need not.
 */
@Singleton
@Named("eventLoop")
public class EventLoopHttpEngine implements PlatformHttpEngine {

  private static final long LARGEST = 10 * 1024 * 1024;

  private final int bodyLimit;
  private final WebhookHeadValidator validator;
  private final BodyMemory memory;
  private final IntakeMetrics metrics;
  private final RelayTracer tracing;
  private final Map<String, SwappableHttpPath> mounts = new ConcurrentHashMap<>();

  EventLoopHttpEngine(
      RelayConfig config,
      WebhookHeadValidator validator,
      BodyMemory memory,
      IntakeMetrics metrics,
      RelayTracer tracing) {
    long limit = config.intake().maxBody().asLongValue();
    if (limit > LARGEST) {
      throw new IllegalArgumentException("RELAY_MAX_BODY may be up to 10M");
    }
    this.bodyLimit = (int) limit;
    this.validator = validator;
    this.memory = memory;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    String path = endpoint.getPath();
    WebhookReader webhooks = new WebhookReader(path, bodyLimit, validator, memory, metrics);
    SwappableHttpPath mount = mounts.computeIfAbsent(path, unused -> new SwappableHttpPath());
    return new EventLoopHttpConsumer(endpoint, processor, webhooks, mount, metrics, tracing);
  }
}
