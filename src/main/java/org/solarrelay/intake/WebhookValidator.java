package org.solarrelay.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.JsonLimits;
import org.solarrelay.event.Receipt;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * Turns a {@link WebhookRequest} into the record for Kafka: the raw bytes, the key, and headers
 * with source, event, receipt and time. A rejected request ends the route with its {@link
 * WebhookResponse}. The order of the checks is public: 404, 405, 401, 415, 413, 400.
 */
@Singleton
@Named("admitWebhook")
class WebhookValidator implements Processor {

  /** The sender's headers that later stages need; all others are dropped. */
  private static final List<String> FORWARDED_HEADERS =
      List.of("content-type", "idempotency-key", "webhook-id");

  private static final String CLOUD_EVENT_PREFIX = "ce-";

  /** A mebibyte of real data has fewer elements; one of brackets only has three times as many. */
  private static final long DEFAULT_MAX_ELEMENTS = 200_000;

  private final WebhookHeadValidator validator;
  private final KafkaAvailability kafka;
  private final IntakeMetrics metrics;
  private final long maxElements;

  WebhookValidator(
      WebhookHeadValidator validator,
      KafkaAvailability kafka,
      IntakeMetrics metrics,
      RelayConfig config) {
    this.validator = validator;
    this.kafka = kafka;
    this.metrics = metrics;
    this.maxElements =
        config
            .memory()
            .jsonElements()
            .orElse(Math.min(DEFAULT_MAX_ELEMENTS, JsonLimits.maxElements()));
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    WebhookRequest request = message.getBody(WebhookRequest.class);
    try {
      validate(request, message);
      addLogContext(exchange, message);
    } catch (RejectedException e) {
      metrics.rejected(validator.source(request), e.reason());
      message.setBody(e.response());
      exchange.setRouteStop(true);
    }
  }

  private static void addLogContext(Exchange exchange, Message message) {
    String receipt = message.getHeader("relay_receipt", String.class);
    TraceSpan span = TraceSpan.of(exchange);
    LogContext.webhook(receipt, span.traceId()).attachTo(exchange);
    if (span != TraceSpan.NONE) {
      span.with("relay.receipt", receipt)
          .with("relay.source", message.getHeader("relay_source", String.class));
      message.setHeader(RelayTracer.HEADER, span.traceparent());
    }
  }

  private void validate(WebhookRequest request, Message message) throws RejectedException {
    if (request.rejection() != null) {
      throw request.rejection();
    }
    AdmittedHead head = request.head() == null ? validator.check(request) : request.head();
    validator.checkWithBody(head, request);
    String recordId = RecordIdScanner.recordId(request.body(), maxElements);
    kafka.requireAvailable();

    WebhookSources.Source source = head.source();
    String receipt = Receipt.create();
    message.setHeader(
        KafkaConstants.KEY, source.name() + ":" + (recordId == null ? receipt : recordId));
    message.setHeader("relay_source", source.name());
    if (source.eventInPath()) {
      message.setHeader("relay_event", head.event());
    }
    message.setHeader("relay_receipt", receipt);
    message.setHeader("relay_time", Instant.now().toString());
    forwardHeaders(request, message);
    message.setBody(request.body());
  }

  private static void forwardHeaders(WebhookRequest request, Message message) {
    for (String name : FORWARDED_HEADERS) {
      String value = request.header(name);
      if (value != null) {
        message.setHeader("http_" + name, value);
      }
    }
    for (Map.Entry<String, String> header : request.headers()) {
      if (isCloudEventHeader(header.getKey())) {
        forwardCloudEventHeader(request, header, message);
      }
    }
  }

  /** CloudEvents' prefix is {@code ce-} in HTTP and {@code ce_} in Kafka; senders mix them up. */
  private static boolean isCloudEventHeader(String name) {
    return name.length() > CLOUD_EVENT_PREFIX.length()
        && name.regionMatches(true, 0, CLOUD_EVENT_PREFIX, 0, CLOUD_EVENT_PREFIX.length() - 1)
        && (name.charAt(2) == '-' || name.charAt(2) == '_');
  }

  private static void forwardCloudEventHeader(
      WebhookRequest request, Map.Entry<String, String> header, Message message) {
    String name = CLOUD_EVENT_PREFIX + header.getKey().substring(CLOUD_EVENT_PREFIX.length());
    boolean standard = header.getKey().charAt(2) == '-';
    if (standard || request.header(name) == null) {
      message.setHeader("http_" + name.toLowerCase(Locale.ROOT), header.getValue());
    }
  }
}
