package org.solarrelay.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.solarrelay.RelayConfig;
import org.solarrelay.telemetry.Trace;
import org.solarrelay.telemetry.Tracing;
import org.solarrelay.telemetry.Work;

/**
 * Turns a {@link WebhookRequest} into the record that goes on the log: its raw bytes, the key, and
 * headers that say source, event, receipt and time. A request that is refused ends the route with
 * its {@link HttpAnswer}. The order of the checks is public: 404, 405, 401, 415, 413, 400.
 */
@Singleton
@Named("admitWebhook")
class AdmitWebhook implements Processor {

  /** What of a sender's headers the later stages may need; everything else stays outside. */
  private static final List<String> KEPT_HEADERS =
      List.of("content-type", "idempotency-key", "webhook-id");

  private static final Pattern JSON_MEDIA_TYPE =
      Pattern.compile(
          "application/([\\w.-]+\\+)?json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern EVENT_NAME = Pattern.compile("[\\w.-]{1,64}");

  private final Sources sources;
  private final LogGate log;
  private final IntakeMetrics metrics;
  private final String limit;

  AdmitWebhook(Sources sources, LogGate log, IntakeMetrics metrics, RelayConfig config) {
    this.sources = sources;
    this.log = log;
    this.metrics = metrics;
    this.limit = "%d bytes".formatted(config.intake().maxBody().asLongValue());
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    WebhookRequest request = message.getBody(WebhookRequest.class);
    try {
      admit(request, message);
      follow(exchange, message);
    } catch (RejectedException e) {
      metrics.rejected(source(request), e.reason());
      message.setBody(e.answer());
      exchange.setRouteStop(true);
    }
  }

  private static void follow(Exchange exchange, Message message) {
    String receipt = message.getHeader("relay_receipt", String.class);
    Trace trace = Trace.of(exchange);
    Work.webhook(receipt, trace.id()).carriedBy(exchange);
    if (trace != Trace.NONE) {
      trace
          .with("relay.receipt", receipt)
          .with("relay.source", message.getHeader("relay_source", String.class));
      message.setHeader(Tracing.HEADER, trace.parent());
    }
  }

  /** The name of the source the request is for, null where there is none such. */
  private String source(WebhookRequest request) {
    Sources.Source source = sources.get(request.path().split("/", 2)[0]);
    return source == null ? null : source.name();
  }

  private void admit(WebhookRequest request, Message message) throws RejectedException {
    String[] path = request.path().split("/");
    Sources.Source source = path.length == 0 ? null : sources.get(path[0]);
    requireKnown(source, path);
    requirePost(request);
    requireAuthentic(source, request);
    requireJsonMediaType(request);
    requireFittingBody(request);
    String recordId = requireJson(request);
    log.requireOpen();

    String receipt = UUID.randomUUID().toString();
    message.setHeader(
        KafkaConstants.KEY, source.name() + ":" + (recordId == null ? receipt : recordId));
    message.setHeader("relay_source", source.name());
    if (source.eventInPath()) {
      message.setHeader("relay_event", path[1]);
    }
    message.setHeader("relay_receipt", receipt);
    message.setHeader("relay_time", Instant.now().toString());
    keepHeaders(request, message);
    message.setBody(request.body());
  }

  private static void requireKnown(Sources.Source source, String[] path) throws RejectedException {
    boolean known =
        source != null
            && path.length == (source.eventInPath() ? 2 : 1)
            && (!source.eventInPath() || EVENT_NAME.matcher(path[1]).matches());
    if (!known) {
      throw new RejectedException(
          404,
          "Not Found",
          "No webhooks come in here; there are /webhooks/enerflo, /webhooks/solarproof/{event},"
              + " /webhooks/flip and /webhooks/leads");
    }
  }

  private static void requirePost(WebhookRequest request) throws RejectedException {
    if (!request.method().equals("POST")) {
      throw new RejectedException(
          405, "Method Not Allowed", "Webhooks are sent with POST", Map.of("Allow", "POST"));
    }
  }

  private static void requireAuthentic(Sources.Source source, WebhookRequest request)
      throws RejectedException {
    if (!source.authentication().configured()) {
      throw new RejectedException(
          "no-secret",
          503,
          "Service Unavailable",
          "This relay has no secret configured for %s".formatted(source.name()),
          Map.of("Retry-After", "300"));
    }
    if (!source.authentication().accepts(request)) {
      throw new RejectedException(
          401, "Unauthorized", "The webhook's token or signature is missing or does not fit");
    }
  }

  private static void requireJsonMediaType(WebhookRequest request) throws RejectedException {
    String type = request.header("content-type");
    if (type == null || !JSON_MEDIA_TYPE.matcher(type.trim()).matches()) {
      throw new RejectedException(
          415, "Unsupported Media Type", "Send Content-Type: application/json, in UTF-8");
    }
  }

  private void requireFittingBody(WebhookRequest request) throws RejectedException {
    if (request.bodyTooLarge()) {
      throw new RejectedException(413, "Content Too Large", "The body is larger than " + limit);
    }
  }

  private static String requireJson(WebhookRequest request) throws RejectedException {
    try {
      return JsonLook.recordId(request.body());
    } catch (JsonLook.NotJsonException e) {
      throw new RejectedException(400, "Bad Request", e.getMessage());
    }
  }

  private static void keepHeaders(WebhookRequest request, Message message) {
    for (String name : KEPT_HEADERS) {
      String value = request.header(name);
      if (value != null) {
        message.setHeader("http_" + name, value);
      }
    }
    request
        .headers()
        .forEach(
            header -> {
              String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
              if (name.startsWith("ce-")) {
                message.setHeader("http_" + name, header.getValue());
              }
            });
  }
}
