package org.solarrelay.intake;

import java.util.Map;

/** A webhook that is not accepted, and what its sender is answered. */
final class RejectedException extends Exception {

  private final transient WebhookResponse answer;
  private final String reason;

  RejectedException(int status, String title, String detail) {
    this(status, title, detail, Map.of());
  }

  RejectedException(int status, String title, String detail, Map<String, String> headers) {
    this(reason(status), status, title, detail, headers);
  }

  /**
   * @param reason what it is counted as
   */
  RejectedException(
      String reason, int status, String title, String detail, Map<String, String> headers) {
    // no stack trace: refusing must stay cheaper than sending
    super(detail, null, false, false);
    this.answer = WebhookResponse.problem(status, title, detail, headers);
    this.reason = reason;
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "not-json";
      case 401 -> "unauthenticated";
      case 404 -> "unknown-source";
      case 405 -> "not-post";
      case 413 -> "too-large";
      case 415 -> "media-type";
      case 503 -> "log-unavailable";
      default -> "status-" + status;
    };
  }

  WebhookResponse answer() {
    return answer;
  }

  /** One of few words, for counting. */
  String reason() {
    return reason;
  }
}
