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
 * Turns a {@link WebhookRequest} into the record that goes on the log: its raw bytes, the key, and
 * headers that say source, event, receipt and time. A request that is refused ends the route with
 * its {@link WebhookResponse}. The order of the checks is public: 404, 405, 401, 415, 413, 400.
 */
@Singleton
@Named("admitWebhook")
class WebhookValidator implements Processor {

  /** What of a sender's headers the later stages may need; everything else stays outside. */
  private static final List<String> KEPT_HEADERS =
      List.of("content-type", "idempotency-key", "webhook-id");

  private static final String CLOUD_EVENT = "ce-";

  /** A mebibyte of a real payload has fewer, one that is all brackets three times as many. */
  private static final long MOST_ELEMENTS = 200_000;

  private final WebhookHeadValidator validator;
  private final KafkaAvailability log;
  private final IntakeMetrics metrics;
  private final long mostElements;

  WebhookValidator(
      WebhookHeadValidator validator,
      KafkaAvailability log,
      IntakeMetrics metrics,
      RelayConfig config) {
    this.validator = validator;
    this.log = log;
    this.metrics = metrics;
    this.mostElements =
        config.memory().jsonElements().orElse(Math.min(MOST_ELEMENTS, JsonLimits.maxElements()));
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    WebhookRequest request = message.getBody(WebhookRequest.class);
    try {
      admit(request, message);
      follow(exchange, message);
    } catch (RejectedException e) {
      metrics.rejected(validator.source(request), e.reason());
      message.setBody(e.answer());
      exchange.setRouteStop(true);
    }
  }

  private static void follow(Exchange exchange, Message message) {
    String receipt = message.getHeader("relay_receipt", String.class);
    TraceSpan trace = TraceSpan.of(exchange);
    LogContext.webhook(receipt, trace.id()).carriedBy(exchange);
    if (trace != TraceSpan.NONE) {
      trace
          .with("relay.receipt", receipt)
          .with("relay.source", message.getHeader("relay_source", String.class));
      message.setHeader(RelayTracer.HEADER, trace.parent());
    }
  }

  private void admit(WebhookRequest request, Message message) throws RejectedException {
    if (request.rejection() != null) {
      throw request.rejection();
    }
    AdmittedHead head = request.head() == null ? validator.check(request) : request.head();
    validator.checkWithBody(head, request);
    String recordId = RecordIdScanner.recordId(request.body(), mostElements);
    log.requireOpen();

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
    keepHeaders(request, message);
    message.setBody(request.body());
  }

  private static void keepHeaders(WebhookRequest request, Message message) {
    for (String name : KEPT_HEADERS) {
      String value = request.header(name);
      if (value != null) {
        message.setHeader("http_" + name, value);
      }
    }
    for (Map.Entry<String, String> header : request.headers()) {
      if (isOfCloudEvent(header.getKey())) {
        keepCloudEventHeader(request, header, message);
      }
    }
  }

  /** The prefix of HTTP is {@code ce-}; producers who know Kafka's write {@code ce_}. */
  private static boolean isOfCloudEvent(String name) {
    return name.length() > CLOUD_EVENT.length()
        && name.regionMatches(true, 0, CLOUD_EVENT, 0, CLOUD_EVENT.length() - 1)
        && (name.charAt(2) == '-' || name.charAt(2) == '_');
  }

  private static void keepCloudEventHeader(
      WebhookRequest request, Map.Entry<String, String> header, Message message) {
    String name = CLOUD_EVENT + header.getKey().substring(CLOUD_EVENT.length());
    boolean usual = header.getKey().charAt(2) == '-';
    if (usual || request.header(name) == null) {
      message.setHeader("http_" + name.toLowerCase(Locale.ROOT), header.getValue());
    }
  }
}
