package org.solarrelay.intake;

import io.vertx.core.MultiMap;

/**
 * One HTTP request as it came in, before anything in it is believed. It is a message body, so that
 * no header or query parameter of a stranger ever becomes a Camel header (CVE-2026-49098).
 *
 * @param path the part after {@code /webhooks/}, decoded
 * @param queryToken the query parameter {@code token}, null where there is none
 * @param bodyTooLarge true where reading stopped at the limit; {@code body} is then useless
 */
public record WebhookRequest(
    String method,
    String path,
    MultiMap headers,
    String queryToken,
    byte[] body,
    boolean bodyTooLarge) {

  String header(String name) {
    return headers.get(name);
  }
}
