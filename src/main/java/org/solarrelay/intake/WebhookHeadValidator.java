package org.solarrelay.intake;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Pattern;
import org.solarrelay.config.RelayConfig;

/**
 * Checks what a webhook's head shows, before its body is read, in the public order: 404, 405, 401,
 * 415, 413. Where a signature over the body proves the sender, 415 has to wait for it.
 */
@Singleton
class WebhookHeadValidator {

  private static final Pattern EVENT_NAME = Pattern.compile("[\\w.-]{1,64}");

  private static final RejectedException UNKNOWN =
      new RejectedException(
          404,
          "Not Found",
          "No webhooks come in here; there are /webhooks/enerflo, /webhooks/solarproof/{event},"
              + " /webhooks/flip and /webhooks/leads");

  private static final RejectedException NOT_POST =
      new RejectedException(
          405, "Method Not Allowed", "Webhooks are sent with POST", Map.of("Allow", "POST"));

  private static final RejectedException UNAUTHENTIC =
      new RejectedException(
          401, "Unauthorized", "The webhook's token or signature is missing or does not fit");

  private final WebhookSources sources;
  private final long bodyLimit;
  private final RejectedException tooLarge;

  WebhookHeadValidator(WebhookSources sources, RelayConfig config) {
    this.sources = sources;
    this.bodyLimit = config.intake().maxBody().asLongValue();
    this.tooLarge =
        new RejectedException(
            413, "Content Too Large", "The body is larger than %d bytes".formatted(bodyLimit));
  }

  /** The name of the source the request is for, null where there is none such. */
  String source(WebhookRequest request) {
    WebhookSources.Source source = sources.get(firstSegment(request.path()));
    return source == null ? null : source.name();
  }

  AdmittedHead check(WebhookRequest request) throws RejectedException {
    AdmittedHead head = requireKnown(request);
    if (!request.method().equals("POST")) {
      throw NOT_POST;
    }
    requireAuthentic(head.source(), request);
    boolean declaredTooLarge = request.declaredLength() > bodyLimit;
    if (head.proven() || declaredTooLarge) {
      requireJson(request);
    }
    if (declaredTooLarge) {
      throw tooLarge;
    }
    return head;
  }

  /** What had to wait until the body was there. */
  void checkWithBody(AdmittedHead head, WebhookRequest request) throws RejectedException {
    if (!head.proven()) {
      // too large a body was not read: there is nothing to check the signature against
      if (!request.bodyTooLarge() && !head.source().authentication().accepts(request)) {
        throw UNAUTHENTIC;
      }
      requireJson(request);
    }
    if (request.bodyTooLarge()) {
      throw tooLarge;
    }
  }

  private AdmittedHead requireKnown(WebhookRequest request) throws RejectedException {
    String path = request.path();
    String name = firstSegment(path);
    WebhookSources.Source source = sources.get(name);
    if (source == null) {
      throw UNKNOWN;
    }
    int from = Math.min(name.length() + 1, path.length());
    int to = path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length();
    String event = path.substring(from, to);
    if (source.eventInPath() ? !EVENT_NAME.matcher(event).matches() : !event.isEmpty()) {
      throw UNKNOWN;
    }
    return new AdmittedHead(source, event, source.authentication().isProvenByHead());
  }

  private static String firstSegment(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static void requireAuthentic(WebhookSources.Source source, WebhookRequest request)
      throws RejectedException {
    if (!source.authentication().configured()) {
      throw new RejectedException(
          "no-secret",
          503,
          "Service Unavailable",
          "This relay has no secret configured for %s".formatted(source.name()),
          Map.of("Retry-After", "300"));
    }
    if (!source.authentication().acceptsHead(request)) {
      throw UNAUTHENTIC;
    }
  }

  private static void requireJson(WebhookRequest request) throws RejectedException {
    String flaw = JsonMediaType.flaw(request.header("content-type"));
    if (flaw != null) {
      throw new RejectedException(415, "Unsupported Media Type", flaw);
    }
    String encoding = request.header("content-encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new RejectedException(
          415,
          "Unsupported Media Type",
          "Send the body without Content-Encoding: compressed bodies are not taken",
          Map.of("Accept-Encoding", "identity"));
    }
  }
}
