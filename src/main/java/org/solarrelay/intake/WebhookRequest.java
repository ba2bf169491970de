package org.solarrelay.intake;

import io.vertx.core.MultiMap;

/**
 * One HTTP request as it came in, before anything in it is believed. It is a message body, so that
 * no header or query parameter of a stranger ever becomes a Camel header (CVE-2026-49098).
 *
 * @param path the part after {@code /webhooks/}, decoded
 * @param queryToken the query parameter {@code token}, null where there is none
 * @param body empty where it was not read
 * @param bodyTooLarge true where reading stopped at the limit; {@code body} is then useless
 * @param head what the checks before reading led to, null where they are still to be done
 * @param rejection why the request is refused, null where it is not, so far
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

  /** A request whose head is not checked yet. */
  public WebhookRequest(
      String method,
      String path,
      MultiMap headers,
      String queryToken,
      byte[] body,
      boolean bodyTooLarge) {
    this(method, path, headers, queryToken, body, bodyTooLarge, null, null);
  }

  /** A request of which the head alone has arrived. */
  static WebhookRequest head(String method, String path, MultiMap headers, String queryToken) {
    return new WebhookRequest(method, path, headers, queryToken, NO_BODY, false);
  }

  WebhookRequest with(AdmittedHead admitted, byte[] wholeBody) {
    return new WebhookRequest(
        method, path, headers, queryToken, wholeBody, false, admitted, rejection);
  }

  WebhookRequest tooLarge(AdmittedHead admitted) {
    return new WebhookRequest(
        method, path, headers, queryToken, NO_BODY, true, admitted, rejection);
  }

  WebhookRequest rejected(RejectedException why) {
    return new WebhookRequest(method, path, headers, queryToken, NO_BODY, bodyTooLarge, head, why);
  }

  String header(String name) {
    return headers.get(name);
  }

  /** The declared length of the body, -1 where none is declared. */
  long declaredLength() {
    String length = headers.get("content-length");
    // the server has refused anything but digits by now
    return length == null ? -1 : Long.parseLong(length);
  }
}
