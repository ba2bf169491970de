package org.solarrelay.intake;

import io.vertx.core.MultiMap;

/**
 * An HTTP request to {@code /webhooks/}, not authenticated yet. It is the message body, so that no
 * header or query parameter of a sender becomes a Camel header (CVE-2026-49098).
 *
 * @param path the part after {@code /webhooks/}, decoded
 * @param queryToken the query parameter {@code token}; null if there is none
 * @param body empty if it was not read
 * @param bodyTooLarge whether reading stopped at the limit; {@code body} is then empty
 * @param head the result of the checks before reading; null if they have not run
 * @param rejection why the request is rejected; null if no check has failed yet
 */
public record WebhookRequest(
    String method,
    String path,
    MultiMap headers,
    String queryToken,
    byte[] body,
    boolean bodyTooLarge,
    AdmittedHead head,
    RejectedException rejection) {

  private static final byte[] NO_BODY = {};

  /** Creates a request whose head is not checked yet. */
  public WebhookRequest(
      String method,
      String path,
      MultiMap headers,
      String queryToken,
      byte[] body,
      boolean bodyTooLarge) {
    this(method, path, headers, queryToken, body, bodyTooLarge, null, null);
  }

  /** Creates a request whose body is not read yet. */
  static WebhookRequest head(String method, String path, MultiMap headers, String queryToken) {
    return new WebhookRequest(method, path, headers, queryToken, NO_BODY, false);
  }

  /** Creates a request whose URL has no readable query. */
  static WebhookRequest withoutToken(String method, String path, MultiMap headers) {
    return head(method, path, headers, null);
  }

  WebhookRequest with(AdmittedHead admitted, byte[] wholeBody) {
    return new WebhookRequest(
        method, path, headers, queryToken, wholeBody, false, admitted, rejection);
  }

  WebhookRequest tooLarge(AdmittedHead admitted) {
    return new WebhookRequest(
        method, path, headers, queryToken, NO_BODY, true, admitted, rejection);
  }

  WebhookRequest rejected(RejectedException reason) {
    return new WebhookRequest(
        method, path, headers, queryToken, NO_BODY, bodyTooLarge, head, reason);
  }

  String header(String name) {
    return headers.get(name);
  }

  /** The declared length of the body in bytes; -1 if none is declared. */
  long declaredLength() {
    String length = headers.get("content-length");
    // the HTTP server has rejected anything but digits
    return length == null ? -1 : Long.parseLong(length);
  }
}
