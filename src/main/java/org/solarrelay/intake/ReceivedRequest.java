package org.solarrelay.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * A request as far as it was read, and the response that its sender waits for.
 *
 * @param body what it reserves of the memory for bodies; the response gives it back
 * @param closing whether the request is refused before its body was read: its connection is one
 *     that others need
 */
record ReceivedRequest(
    WebhookRequest webhook, HttpServerResponse response, BodyReader body, boolean closing) {

  void respond(WebhookResponse answer) {
    answer.headers().forEach(response::putHeader);
    if (closing) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType())
        .end(answer.json());
  }
}
