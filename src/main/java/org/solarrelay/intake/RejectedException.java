package org.solarrelay.intake;

import java.util.Map;

/** A webhook that is not accepted, and what its sender is answered. */
final class RejectedException extends Exception {

  private final transient HttpAnswer answer;

  RejectedException(int status, String title, String detail) {
    this(status, title, detail, Map.of());
  }

  RejectedException(int status, String title, String detail, Map<String, String> headers) {
    // no stack trace: refusing must stay cheaper than sending
    super(detail, null, false, false);
    this.answer = HttpAnswer.problem(status, title, detail, headers);
  }

  HttpAnswer answer() {
    return answer;
  }
}
