package org.solarrelay.pipeline;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.solarrelay.event.Event;
import org.solarrelay.event.OccurrenceReader;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.topic.BatchRecord;

/**
 * Adds the delay of a translated webhook to its batch. The time of the occurrence is that of the
 * events, if the sender gave one, and otherwise the time in the vendor's body.
 */
@Singleton
final class WebhookDelayProcessor implements Processor {

  private final EventDelaySink delays;
  private final Map<String, OccurrenceReader> readers;

  WebhookDelayProcessor(EventDelaySink delays, @All List<OccurrenceReader> readers) {
    this.delays = delays;
    this.readers =
        readers.stream().collect(Collectors.toMap(OccurrenceReader::source, Function.identity()));
  }

  @Override
  public void process(Exchange exchange) {
    Translation translation = exchange.getMessage().getBody(Translation.class);
    delay(WebhookRecordReader.of(exchange), translation)
        .ifPresent(delay -> delays.add(BatchRecord.of(exchange).orElseThrow(), delay));
  }

  /** The delay of the last occurrence; empty where the webhook became no event, or has no time. */
  Optional<EventDelay> delay(Webhook webhook, Translation translation) {
    if (translation.events().isEmpty()) {
      return Optional.empty();
    }
    Instant accepted = webhook.receivedAt().toInstant();
    return translation.events().stream()
        .map(Event::time)
        .filter(time -> !time.toInstant().equals(accepted))
        .max(OffsetDateTime.timeLineOrder())
        .or(() -> inBody(webhook))
        .flatMap(occurred -> EventDelay.of(webhook.source(), occurred, accepted));
  }

  private Optional<OffsetDateTime> inBody(Webhook webhook) {
    return Optional.ofNullable(readers.get(webhook.source()))
        .flatMap(reader -> reader.occurredAt(webhook));
  }
}
