package org.solarrelay.intake;

import java.util.Map;

/** A webhook is rejected. Carries the response to its sender and the reason for the metrics. */
final class RejectedException extends Exception {

  private final transient WebhookResponse response;
  private final String reason;

  RejectedException(int status, String title, String detail) {
    this(status, title, detail, Map.of());
  }

  RejectedException(int status, String title, String detail, Map<String, String> headers) {
    this(reason(status), status, title, detail, headers);
  }

  /**
   * @param reason the value of the metric's label {@code reason}
   */
  RejectedException(
      String reason, int status, String title, String detail, Map<String, String> headers) {
    // no stack trace: a rejection must cost the relay less than it costs the sender
    super(detail, null, false, false);
    this.response = WebhookResponse.problem(status, title, detail, headers);
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

  WebhookResponse response() {
    return response;
  }

  /** The value of the metric's label {@code reason}. */
  String reason() {
    return reason;
  }
}
