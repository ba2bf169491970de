package org.solarrelay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.solarrelay.Webhooks;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.OccurrenceReader;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.topic.BatchOfOne;
import org.solarrelay.topic.BatchRecord;

/** Which events count for {@code relay_event_delay_seconds}, and as what. */
class EventDelaySinkTest {

  private static final OffsetDateTime ACCEPTED = Webhooks.RECEIVED_AT;
  private static final Webhook WEBHOOK = Webhooks.body("enerflo", "{}");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventDelaySink sink = new EventDelaySink(registry, RelaySettings.of(Map.of()));

  @Test
  void theTimeOfTheSendersEventComesFirst() {
    assertThat(delay(event(ACCEPTED.minusSeconds(40)), Optional.of(ACCEPTED.minusHours(1))))
        .hasValue(new EventDelay("enerflo", Duration.ofSeconds(40)));
  }

  @Test
  void anEventWithoutATimeHasThatOfTheVendorsBody() {
    assertThat(delay(event(ACCEPTED), Optional.of(ACCEPTED.minusHours(1))))
        .hasValue(new EventDelay("enerflo", Duration.ofHours(1)));
    assertThat(delay(event(ACCEPTED), Optional.empty())).as("no time at all").isEmpty();
  }

  @Test
  void aClockAheadIsNoDelayAndAnOldTimeAYear() {
    assertThat(delay(event(ACCEPTED.plusHours(10)), Optional.empty()))
        .hasValue(new EventDelay("enerflo", Duration.ZERO));
    assertThat(delay(event(OffsetDateTime.parse("0001-01-01T00:00:00Z")), Optional.empty()))
        .hasValue(new EventDelay("enerflo", Duration.ofDays(365)));
  }

  @Test
  void aWebhookThatBecomesNoEventHasNoDelay() {
    assertThat(
            processor(Optional.of(ACCEPTED.minusHours(1)))
                .delay(WEBHOOK, Translation.ignored("not used")))
        .isEmpty();
  }

  @Test
  void aProducersEventCountsFromItsTimeToItsRecord() {
    Instant tenMinutesAgo = Instant.now().minus(Duration.ofMinutes(10));
    BatchRecord record = record(Map.of());
    sink.addProducers(record, event(tenMinutesAgo.atOffset(ZoneOffset.UTC)));

    assertThat(record.first(sink).orElseThrow().delay())
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
  }

  @Test
  void anEventOfAWebhookCountsWithItsWebhookOnlyAndAReplayNever() {
    Event late = event(OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    BatchRecord translated = record(Map.of("relay_inbox", "0-7"));
    sink.addProducers(translated, late);
    BatchRecord replayed = record(Map.of("relay_first_sent", "2026-01-01T00:00:00Z"));
    sink.addProducers(replayed, late);

    assertThat(translated.first(sink)).isEmpty();
    assertThat(replayed.first(sink)).isEmpty();
  }

  @Test
  void knownSourcesHaveATimerAndAllOthersShareOne() {
    sink.store(
        List.of(
            new EventDelay("enerflo", Duration.ofSeconds(2)),
            new EventDelay("invented-1", Duration.ofSeconds(3)),
            new EventDelay("invented-2", Duration.ofSeconds(4))));

    assertThat(seconds("enerflo")).isEqualTo(2);
    assertThat(seconds("other")).isEqualTo(7);
    assertThat(registry.find("relay_event_delay").tag("source", "invented-1").timer()).isNull();
  }

  private Optional<EventDelay> delay(Event event, Optional<OffsetDateTime> inBody) {
    return processor(inBody).delay(WEBHOOK, Translation.of(event));
  }

  private WebhookDelayProcessor processor(Optional<OffsetDateTime> inBody) {
    OccurrenceReader reader =
        new OccurrenceReader() {
          @Override
          public String source() {
            return "enerflo";
          }

          @Override
          public Optional<OffsetDateTime> occurredAt(Webhook webhook) {
            return inBody;
          }
        };
    return new WebhookDelayProcessor(sink, List.of(reader));
  }

  private static Event event(OffsetDateTime time) {
    return EventReader.read(
        Webhooks.json(
            "{'specversion': '1.0', 'id': '1', 'source': 'crm', 'type': 'lead.submitted',"
                + " 'subject': 'A', 'time': '%s', 'data': {'email': 'a@example.com'}}"
                    .formatted(time.toInstant())),
        ACCEPTED);
  }

  private static BatchRecord record(Map<String, String> headers) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    new BatchOfOne(new DeadReasons(), "solar.leads", "{}", headers).enter(exchange);
    return BatchRecord.of(exchange).orElseThrow();
  }

  private double seconds(String source) {
    return registry
        .get("relay_event_delay")
        .tag("source", source)
        .timer()
        .totalTime(TimeUnit.SECONDS);
  }
}
