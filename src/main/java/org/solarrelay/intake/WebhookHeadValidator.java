package org.solarrelay.intake;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Pattern;
import org.solarrelay.config.RelayConfig;

/**
 * Checks the head of a webhook before its body is read, in the public order: 404, 405, 401, 415,
 * 413. If a signature over the body authenticates the sender, 415 waits for the body.
 */
@Singleton
class WebhookHeadValidator {

  private static final Pattern EVENT_NAME = Pattern.compile("[\\w.-]{1,64}");

  private static final RejectedException UNKNOWN =
      new RejectedException(
          RejectionReason.UNKNOWN_SOURCE,
          "No such source; the paths are /webhooks/enerflo, /webhooks/solarproof/{event},"
              + " /webhooks/flip and /webhooks/leads");

  private static final RejectedException NOT_POST =
      new RejectedException(
          RejectionReason.NOT_POST, "Send webhooks with POST", Map.of("Allow", "POST"));

  private static final RejectedException UNAUTHENTICATED =
      new RejectedException(
          RejectionReason.UNAUTHENTICATED,
          "The webhook's token or signature is missing or does not match");

  private final WebhookSources sources;
  private final long bodyLimit;
  private final RejectedException tooLarge;

  WebhookHeadValidator(WebhookSources sources, RelayConfig config) {
    this.sources = sources;
    this.bodyLimit = config.intake().maxBody().asLongValue();
    this.tooLarge =
        new RejectedException(
            RejectionReason.TOO_LARGE, "The body is larger than %d bytes".formatted(bodyLimit));
  }

  /** The name of the request's source; null if there is no such source. */
  String source(WebhookRequest request) {
    WebhookSources.Source source = sources.get(firstSegment(request.path()));
    return source == null ? null : source.name();
  }

  AdmittedHead check(WebhookRequest request) throws RejectedException {
    AdmittedHead head = requireKnownSource(request);
    if (!request.method().equals("POST")) {
      throw NOT_POST;
    }
    requireAuthenticated(head.source(), request);
    boolean declaredTooLarge = request.declaredLength() > bodyLimit;
    if (head.authenticated() || declaredTooLarge) {
      requireJson(request);
    }
    if (declaredTooLarge) {
      throw tooLarge;
    }
    return head;
  }

  /**
   * Checks what needs the body: the signature, and the checks that follow the signature in the
   * order.
   */
  void checkWithBody(AdmittedHead head, WebhookRequest request) throws RejectedException {
    if (!head.authenticated()) {
      // a body over the limit was not read, so its signature cannot be checked
      if (!request.bodyTooLarge() && !head.source().authentication().accepts(request)) {
        throw UNAUTHENTICATED;
      }
      requireJson(request);
    }
    if (request.bodyTooLarge()) {
      throw tooLarge;
    }
  }

  private AdmittedHead requireKnownSource(WebhookRequest request) throws RejectedException {
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
    return new AdmittedHead(source, event, source.authentication().isDecidedByHead());
  }

  private static String firstSegment(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static void requireAuthenticated(WebhookSources.Source source, WebhookRequest request)
      throws RejectedException {
    if (!source.authentication().isConfigured()) {
      throw new RejectedException(
          RejectionReason.NO_SECRET,
          "This relay has no secret configured for %s".formatted(source.name()),
          Map.of("Retry-After", "300"));
    }
    if (!source.authentication().acceptsHead(request)) {
      throw UNAUTHENTICATED;
    }
  }

  private static void requireJson(WebhookRequest request) throws RejectedException {
    String problem = JsonMediaType.problem(request.header("content-type"));
    if (problem != null) {
      throw new RejectedException(RejectionReason.MEDIA_TYPE, problem);
    }
    String encoding = request.header("content-encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new RejectedException(
          RejectionReason.MEDIA_TYPE,
          "Send the body without Content-Encoding: compressed bodies are not accepted",
          Map.of("Accept-Encoding", "identity"));
    }
  }
}
