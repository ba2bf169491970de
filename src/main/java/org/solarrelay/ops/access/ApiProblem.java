package org.solarrelay.ops.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error of the operator API, sent as problem+json (RFC 9457). */
public class ApiProblem extends RuntimeException {

  private final int status;
  private final String title;

  /**
   * @param detail what is wrong and what to change
   */
  public ApiProblem(int status, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status);
    body.put("detail", getMessage());
    return body;
  }
}
