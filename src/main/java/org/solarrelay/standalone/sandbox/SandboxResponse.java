package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;

/** Reads and writes JSON of calls. */
final class SandboxResponse {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD = "record";

  private SandboxResponse() {}

  static void json(RoutingContext call, int status, JsonNode body) {
    call.response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.toString());
  }

  static void text(RoutingContext call, int status, String type, String body) {
    call.response().setStatusCode(status).putHeader("content-type", type).end(body);
  }

  /** The call's body, if it is a JSON object. */
  static Optional<ObjectNode> object(RoutingContext call) {
    try {
      byte[] body = call.body().buffer() == null ? new byte[0] : call.body().buffer().getBytes();
      return JSON.readTree(body) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Sets the record of the call, for the log. */
  static void setRecord(RoutingContext call, String record) {
    call.put(RECORD, record);
  }

  static String record(RoutingContext call) {
    return call.get(RECORD, "-");
  }
}
