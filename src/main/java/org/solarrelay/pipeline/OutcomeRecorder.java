package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.queue.DiscardedMessage;
import org.solarrelay.delivery.queue.DiscardedMessageSink;
import org.solarrelay.delivery.queue.MessageState;
import org.solarrelay.event.RecordPosition;
import org.solarrelay.event.TooManyElementsException;
import org.solarrelay.ops.telemetry.LimitCounter;
import org.solarrelay.topic.BatchRecord;
import org.solarrelay.topic.DeadLetterSink;
import org.solarrelay.topic.RecordOutcomeHandler;
import org.solarrelay.topic.client.DeadLetterRecord;

/** Stores a history entry for a record that makes no event and, if it is dead, a dead letter. */
@Singleton
final class OutcomeRecorder implements RecordOutcomeHandler {

  private static final Logger LOG = Logger.getLogger(OutcomeRecorder.class);

  private final RelayConfig config;
  private final DiscardedMessageSink stories;
  private final DeadLetterSink letters;
  private final LimitCounter limits;

  OutcomeRecorder(
      RelayConfig config,
      DiscardedMessageSink stories,
      DeadLetterSink letters,
      LimitCounter limits) {
    this.config = config;
    this.stories = stories;
    this.letters = letters;
    this.limits = limits;
  }

  @Override
  public void dead(BatchRecord record, String reason) {
    String what = record.isWebhook() ? "Webhook" : "Message";
    LOG.warnf("%s %s is dead at %s, see /api/events/%2$s", what, record.id(), record.stage());
    record.add(stories, story(record, MessageState.DEAD, reason));
    record.add(
        letters,
        new DeadLetterSink.Letter(
            record.stage(),
            DeadLetterRecord.of(record.record())
                .stage(record.stage())
                .reason(reason)
                .attempts(1)
                .build()));
  }

  @Override
  public void ignored(BatchRecord record, String reason) {
    record.add(stories, story(record, MessageState.SKIPPED, reason));
  }

  @Override
  public boolean isMessageFault(Exchange exchange, Exception failure) {
    return !RouteResult.isAway(exchange, failure);
  }

  @Override
  public void failed(BatchRecord record, Exchange exchange, Exception failure) {
    if (failure instanceof TooManyElementsException) {
      limits.count(LimitCounter.ELEMENTS);
    }
    record.dead(RouteResult.reason(exchange, failure));
  }

  private DiscardedMessage story(BatchRecord record, MessageState state, String reason) {
    return new DiscardedMessage(
        record.id(),
        record.stage(),
        source(record),
        state,
        reason,
        RecordPosition.time(record.record()),
        Optional.of(record.record()));
  }

  /**
   * Returns the webhook's source or the message's topic; null where a webhook's source is unknown.
   */
  private String source(BatchRecord record) {
    if (!record.isWebhook()) {
      return record.record().topic();
    }
    String source = source(record.record());
    return config.sources().containsKey(source) ? source : null;
  }

  /** Reads the source from the header of a webhook's record; empty where it is missing. */
  static String source(ConsumerRecord<byte[], byte[]> webhook) {
    Header header = webhook.headers().lastHeader("relay_source");
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
