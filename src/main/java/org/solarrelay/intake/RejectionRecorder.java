package org.solarrelay.intake;

import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Records rejected webhooks for operators, on the event loop: it touches neither body nor token.
 */
@Singleton
class RejectionRecorder {

  private static final String UNKNOWN = "unknown";
  private static final int LONGEST_MEDIA_TYPE = 100;

  private final WebhookHeadValidator validator;
  private final RejectedWebhookBuffer buffer;

  RejectionRecorder(WebhookHeadValidator validator, RejectedWebhookBuffer buffer) {
    this.validator = validator;
    this.buffer = buffer;
  }

  /** Records a request whose response is a rejection; ignores any other. */
  void record(ReceivedRequest request, WebhookResponse response) {
    response.rejection().ifPresent(reason -> record(request.webhook(), request.sender(), reason));
  }

  /**
   * @param sender where the connection is from; null if it is closed
   */
  void record(WebhookRequest webhook, SocketAddress sender, RejectionReason reason) {
    String source = Optional.ofNullable(validator.source(webhook)).orElse(UNKNOWN);
    buffer.add(
        source,
        reason,
        () ->
            new RejectedWebhook(
                OffsetDateTime.now(),
                source,
                reason,
                Optional.ofNullable(sender).map(SocketAddress::hostAddress),
                size(webhook),
                Optional.ofNullable(webhook.header("content-type"))
                    .map(RejectionRecorder::printable),
                0));
  }

  private static OptionalLong size(WebhookRequest webhook) {
    if (webhook.body().length > 0) {
      return OptionalLong.of(webhook.body().length);
    }
    long declared = webhook.declaredLength();
    return declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared);
  }

  private static String printable(String mediaType) {
    String text = mediaType.replaceAll("[^ -~]", "?");
    return text.length() <= LONGEST_MEDIA_TYPE ? text : text.substring(0, LONGEST_MEDIA_TYPE);
  }
}
