package org.solarrelay.topic;

import io.opentelemetry.api.trace.SpanKind;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.DeliveryQueue;
import org.solarrelay.delivery.RoutedEvent;
import org.solarrelay.delivery.SetAside;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.TooManyElementsException;
import org.solarrelay.telemetry.DeadLetterCounter;
import org.solarrelay.telemetry.LimitCounter;
import org.solarrelay.telemetry.Trace;
import org.solarrelay.telemetry.Tracing;
import org.solarrelay.telemetry.Work;

/**
 * {@code solar.leads}, {@code .projects} and {@code .enrollments} → {@code direct:fan-out} → the
 * queue of deliveries. An event never goes back to its own source.
 */
@Singleton
class FanOut implements TopicConsumer.Handler {

  private static final Logger LOG = Logger.getLogger(FanOut.class);
  private static final String STAGE = "fan-out";

  private final EventRoutes routes;
  private final OutboundLog log;
  private final DeliveryQueue queue;
  private final DeadLetterCounter deadLetters;
  private final Tracing tracing;
  private final LimitCounter limits;

  FanOut(
      ProducerTemplate camel,
      OutboundLog log,
      DeliveryQueue queue,
      DeadLetterCounter deadLetters,
      Tracing tracing,
      LimitCounter limits) {
    this.routes = new EventRoutes(camel);
    this.log = log;
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.tracing = tracing;
    this.limits = limits;
  }

  @Override
  public void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    List<RoutedEvent> fanned = new ArrayList<>(records.size());
    Refused refused = new Refused();
    for (ConsumerRecord<byte[], byte[]> polled : records) {
      ConsumerRecord<byte[], byte[]> record = Resent.atItsTime(polled);
      Trace trace = tracing.after(Tracing.parent(record.headers()), STAGE, SpanKind.CONSUMER);
      try (Work.Scope scope = new Work(null, Place.of(record), null, trace.id()).enter()) {
        fanned.add(fanned(record, trace));
      } catch (InvalidMessageException e) {
        if (e instanceof TooManyElementsException) {
          limits.count(LimitCounter.ELEMENTS);
        }
        refused.add(record, e.getMessage());
        trace.failed();
      } catch (StageUnavailableException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        LOG.debug("A message cannot be processed", e);
        refused.add(record, FromRoute.UNPROCESSABLE);
        trace.failed();
      } finally {
        trace.end();
      }
    }
    queue.add(fanned).forEach(one -> refused.add(one.item().original(), one.reason()));
    queue.setAside(refused.stories);
    log.append(refused.deadLetters);
    deadLetters.beforeFanOut(STAGE, refused.deadLetters.size());
  }

  private RoutedEvent fanned(ConsumerRecord<byte[], byte[]> record, Trace trace) {
    trace.with("relay.place", Place.of(record));
    Event event = EventReader.read(record);
    trace.with("relay.event.id", event.id()).with("relay.event.type", event.type());
    try (Work.Scope scope = Work.event(event, null, trace.id()).enter()) {
      // the ledger keeps the step with it, so that deliveries hours later still belong to the trace
      return new RoutedEvent(event, Traced.record(record, trace), routes.destinations(event));
    }
  }

  /** What of a batch is no event: for Kafka and for the ledger. */
  private static final class Refused {

    private final List<ProducerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    private final List<SetAside> stories = new ArrayList<>();

    void add(ConsumerRecord<byte[], byte[]> record, String reason) {
      LOG.warnf("Message %s is dead at fan-out, see /api/events/%1$s", Place.of(record));
      deadLetters.add(DeadLetter.of(record).because(reason, STAGE, null, 1, null));
      stories.add(
          new SetAside(
              Place.of(record), STAGE, record.topic(), "dead", reason, Place.time(record), record));
    }
  }
}
