package org.solarrelay.intake;

import java.util.Map;

/** A webhook is rejected. Carries the response to its sender and the reason for the metrics. */
final class RejectedException extends Exception {

  private final transient WebhookResponse response;
  private final RejectionReason reason;

  RejectedException(RejectionReason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /**
   * @param detail what is wrong and what to change
   * @param headers beside the content type
   */
  RejectedException(RejectionReason reason, String detail, Map<String, String> headers) {
    // no stack trace: a rejection must cost the relay less than it costs the sender
    super(detail, null, false, false);
    this.response = WebhookResponse.problem(reason, detail, headers);
    this.reason = reason;
  }

  WebhookResponse response() {
    return response;
  }

  RejectionReason reason() {
    return reason;
  }
}
