package org.solarrelay.intake;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
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
 * Runs {@code platform-http:} routes of intake on the event loop of Quarkus' HTTP server. Camel's
 * own engine passes every request to a worker thread, which halves the rate (bench/intake). Intake
 * never blocks, so it needs no worker thread.
 */
@Singleton
@Named("eventLoop")
public class EventLoopHttpEngine implements PlatformHttpEngine {

  private static final long MAX_BODY_LIMIT = 10 * 1024 * 1024;

  private final int bodyLimit;
  private final WebhookHeadValidator validator;
  private final BodyMemory memory;
  private final IntakeMetrics metrics;
  private final RejectionRecorder recorder;
  private final RelayTracer tracer;
  private final Map<String, ServedPath> paths = new ConcurrentHashMap<>();

  /**
   * A path of the server, for all versions of its route.
   *
   * @param reader reads its requests
   */
  private record ServedPath(SwappableHttpPath path, Handler<RoutingContext> reader) {}

  EventLoopHttpEngine(
      RelayConfig config,
      WebhookHeadValidator validator,
      BodyMemory memory,
      IntakeMetrics metrics,
      RejectionRecorder recorder,
      RelayTracer tracer) {
    long limit = config.intake().maxBody().asLongValue();
    if (limit > MAX_BODY_LIMIT) {
      throw new IllegalArgumentException("RELAY_MAX_BODY may be up to 10M");
    }
    this.bodyLimit = (int) limit;
    this.validator = validator;
    this.memory = memory;
    this.metrics = metrics;
    this.recorder = recorder;
    this.tracer = tracer;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    ServedPath served = paths.computeIfAbsent(endpoint.getPath(), this::served);
    return new EventLoopHttpConsumer(
        endpoint, processor, served.reader(), served.path(), metrics, recorder, tracer);
  }

  private ServedPath served(String path) {
    SwappableHttpPath httpPath = new SwappableHttpPath(recorder::record);
    WebhookReader webhooks =
        new WebhookReader(path, bodyLimit, validator, memory, metrics, recorder);
    return new ServedPath(httpPath, context -> webhooks.read(context, httpPath::enter));
  }
}
