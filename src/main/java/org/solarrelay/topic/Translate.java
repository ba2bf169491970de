package org.solarrelay.topic;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.ProducerTemplate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.solarrelay.RelayConfig;
import org.solarrelay.delivery.DeliveryQueue;
import org.solarrelay.delivery.SetAside;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.TooManyElementsException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.telemetry.DeadLetterCounter;
import org.solarrelay.telemetry.LimitCounter;
import org.solarrelay.telemetry.Trace;
import org.solarrelay.telemetry.Tracing;
import org.solarrelay.telemetry.Work;

/**
 * {@code solar.inbox} → {@code direct:translate-<source>} → events on their topics. What can not be
 * translated becomes a dead letter and never blocks the rest.
 */
@Singleton
class Translate implements TopicConsumer.Handler {

  private static final Logger LOG = Logger.getLogger(Translate.class);
  private static final String STAGE = "translate";
  private static final String SENDERS_HEADER = "http_";
  private static final Pattern RECEIPT = Pattern.compile("[\\w.:-]{1,100}");

  private final EventRoutes routes;
  private final OutboundLog log;
  private final DeliveryQueue ledger;
  private final RelayConfig config;
  private final DeadLetterCounter deadLetters;
  private final Tracing tracing;
  private final LimitCounter limits;

  Translate(
      ProducerTemplate camel,
      OutboundLog log,
      DeliveryQueue ledger,
      RelayConfig config,
      DeadLetterCounter deadLetters,
      Tracing tracing,
      LimitCounter limits) {
    this.routes = new EventRoutes(camel);
    this.log = log;
    this.ledger = ledger;
    this.config = config;
    this.deadLetters = deadLetters;
    this.tracing = tracing;
    this.limits = limits;
  }

  @Override
  public void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    Translated translated = new Translated();
    for (ConsumerRecord<byte[], byte[]> polled : records) {
      ConsumerRecord<byte[], byte[]> record = Resent.atItsTime(polled);
      Trace trace = tracing.after(Tracing.parent(record.headers()), STAGE, SpanKind.CONSUMER);
      try (Work.Scope scope = work(record, trace).enter()) {
        translate(record, trace, translated);
      } catch (InvalidMessageException e) {
        if (e instanceof TooManyElementsException) {
          limits.count(LimitCounter.ELEMENTS);
        }
        translated.dead(record, e.getMessage());
        trace.failed();
      } catch (StageUnavailableException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        LOG.debug("A message cannot be processed", e);
        translated.dead(record, FromRoute.UNPROCESSABLE);
        trace.failed();
      } finally {
        trace.end();
      }
    }
    store(translated);
  }

  private void translate(
      ConsumerRecord<byte[], byte[]> record, Trace trace, Translated translated) {
    Translation translation = routes.translate(webhook(record));
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (Event event : translation.events()) {
      ProducerRecord<byte[], byte[]> result = OutboundLog.record(event);
      Resent.inherit(record.headers(), result.headers());
      Accepted.mark(record, result.headers());
      InboxPosition.mark(record, result.headers());
      Tracing.mark(result.headers(), trace);
      events.add(result);
    }
    translated.events(record, events);
    if (translation.ignored() != null) {
      translated.stories.add(story(record, "skipped", translation.ignored()));
    }
  }

  private void store(Translated translated) throws Exception {
    // the ledger first: it knows a repeated story already, while a second dead letter is a second
    ledger.setAside(translated.stories);
    List<Appended> ends = log.append(translated.events);
    int stored = translated.stories.size();
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i).reason().isPresent()) {
        translated.dead(translated.webhooks.get(i), ends.get(i).reason().get());
      }
    }
    ledger.setAside(translated.stories.subList(stored, translated.stories.size()));
    log.append(translated.deadLetters);
    deadLetters.beforeFanOut(STAGE, translated.deadLetters.size());
  }

  /** What became of a batch of webhooks. */
  private final class Translated {

    private final List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();

    /** Of each event the webhook that it is made of. */
    private final List<ConsumerRecord<byte[], byte[]>> webhooks = new ArrayList<>();

    private final List<SetAside> stories = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();

    void events(ConsumerRecord<byte[], byte[]> webhook, List<ProducerRecord<byte[], byte[]>> made) {
      made.forEach(
          event -> {
            events.add(event);
            webhooks.add(webhook);
          });
    }

    void dead(ConsumerRecord<byte[], byte[]> webhook, String reason) {
      if (!dead.add(Place.of(webhook))) {
        return;
      }
      SetAside story = story(webhook, "dead", reason);
      LOG.warnf("Webhook %s is dead at translate, see /api/events/%1$s", story.id());
      stories.add(story);
      deadLetters.add(DeadLetter.of(webhook).because(reason, STAGE, null, 1, null));
    }
  }

  private static Work work(ConsumerRecord<byte[], byte[]> record, Trace trace) {
    Work work = Work.webhook(receiptOrPlace(record), trace.id());
    trace.with("relay.receipt", work.receipt()).with("relay.place", Place.of(record));
    return work;
  }

  private Webhook webhook(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    Map<String, String> senders = new HashMap<>();
    for (Header header : record.headers()) {
      String text = text(header);
      if (header.key().startsWith(SENDERS_HEADER)) {
        senders.put(header.key().substring(SENDERS_HEADER.length()), text);
      } else {
        headers.put(header.key(), text);
      }
    }
    if (!headers.containsKey("relay_source") || !headers.containsKey("relay_receipt")) {
      throw new InvalidMessageException(
          "not from this relay's intake: the headers relay_source and relay_receipt are missing;"
              + " producers write events to solar.leads, solar.projects or solar.enrollments");
    }
    requireKnown(headers.get("relay_source"));
    return new Webhook(
        headers.get("relay_source"),
        headers.get("relay_event"),
        headers.get("relay_receipt"),
        Place.time(record).atOffset(ZoneOffset.UTC),
        senders,
        parse(record.value()));
  }

  private void requireKnown(String source) {
    if (!config.sources().containsKey(source)) {
      throw new InvalidMessageException(
          "relay_source names none of the sources %s"
              .formatted(new TreeSet<>(config.sources().keySet())));
    }
  }

  /** The header's text, empty where it is null. */
  private static String text(Header header) {
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static JsonNode parse(byte[] value) {
    if (value == null) {
      throw new InvalidMessageException("the record is null");
    }
    return EventJson.parse(value);
  }

  /** A stranger's headers may hold what the ledger can not. */
  private static String receiptOrPlace(ConsumerRecord<byte[], byte[]> record) {
    Header receipt = record.headers().lastHeader("relay_receipt");
    boolean fits = receipt != null && RECEIPT.matcher(text(receipt)).matches();
    return fits ? text(receipt) : Place.of(record);
  }

  private SetAside story(ConsumerRecord<byte[], byte[]> record, String state, String reason) {
    Header source = record.headers().lastHeader("relay_source");
    boolean sourceFits = source != null && config.sources().containsKey(text(source));
    return new SetAside(
        receiptOrPlace(record),
        STAGE,
        sourceFits ? text(source) : null,
        state,
        reason,
        Place.time(record),
        record);
  }
}
