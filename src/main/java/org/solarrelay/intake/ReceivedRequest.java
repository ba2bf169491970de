package org.solarrelay.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;

/**
 * A request, read or rejected before its body was read, and its pending response.
 *
 * @param sender where the connection is from; null if it is closed
 * @param body holds the memory that is reserved for the body; responding releases it
 * @param closing whether the response closes the connection, because the rest of the body is not
 *     read
 */
record ReceivedRequest(
    WebhookRequest webhook,
    SocketAddress sender,
    HttpServerResponse response,
    BodyReader body,
    boolean closing) {

  void respond(WebhookResponse reply) {
    respond(response, reply, closing);
  }

  /** Sends a response, and closes the connection after it if {@code closing}. */
  static void respond(HttpServerResponse response, WebhookResponse reply, boolean closing) {
    reply.headers().forEach(response::putHeader);
    if (closing) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .setStatusCode(reply.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, reply.mediaType())
        .end(reply.json());
  }
}
