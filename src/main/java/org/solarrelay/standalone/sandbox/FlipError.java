package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;

/** An error response of Flip (Flip, Update enrollment). */
record FlipError(int status, ObjectNode body) {

  static FlipError of(int status, String code, String message) {
    ObjectNode body = SandboxResponse.JSON.createObjectNode().put("code", code);
    body.putArray("detail");
    body.putArray("errors");
    return new FlipError(status, body.put("message", message).put("status_code", status));
  }

  /** 422 for an invalid field. */
  static FlipError invalid(String location, String field, String message) {
    FlipError error = of(422, "validation_error", "Validation failed");
    ObjectNode detail = error.body.withArray("detail").addObject();
    detail.putArray("loc").add(location).add(field);
    detail.put("msg", message).put("type", "value_error");
    error.body.withArray("errors").addObject().put("message", message).put("path", field);
    return error;
  }

  void send(RoutingContext call) {
    SandboxResponse.json(call, status, body);
  }
}
