package org.solarrelay.dryrun;

import static java.util.stream.Collectors.toMap;

import io.smallrye.config.SmallRyeConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.delivery.DryRunDelivery;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.DerivedEvents;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.pipeline.RouteResult;
import org.solarrelay.topic.EventOrigin;
import org.solarrelay.topic.MessageOrigin;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Sends messages through the stages as the running program does, each stage in its own {@link
 * DryRunContext}. Nothing is sent or stored. Every method throws an exception if the routes cannot
 * be started.
 */
final class DryRun {

  private static final long MAX_SECONDS = 20;

  private final DryRunContextPool contexts;
  private final SmallRyeConfig settings;
  private final Stubs stubs;
  private final Instant now;

  DryRun(DryRunContextPool contexts, SmallRyeConfig settings, Stubs stubs, Instant now) {
    this.contexts = contexts;
    this.settings = settings;
    this.stubs = stubs;
    this.now = now;
  }

  /** Translates a webhook; its events have the form in which Kafka transports them. */
  StageResult translate(Webhook webhook) throws Exception {
    return runIn(
        "translate-" + webhook.source(),
        (context, result) -> {
          try {
            Exchange exchange = send(context, "translate-" + webhook.source(), webhook);
            Translation translation = RouteResult.translation(exchange, webhook);
            List<Event> events = translation.events().stream().map(this::throughKafka).toList();
            boolean ignored = events.isEmpty() && translation.ignored() != null;
            result
                .events(events)
                .outcome(ignored ? StageOutcome.IGNORED : StageOutcome.TRANSLATED)
                .reason(translation.ignored());
          } catch (InvalidMessageException e) {
            result.outcome(StageOutcome.DEAD).reason(e.getMessage());
          }
        });
  }

  /**
   * Sends a message of a topic through a route that reads it; its events have the form in which
   * Kafka transports them.
   */
  StageResult consume(String route, TopicMessage message) throws Exception {
    return runIn(
        route,
        (context, result) -> {
          try {
            RouteResult.requirePassed(send(context, route, message, new MessageOrigin(message)));
            List<Event> events =
                context.topics().events().stream().map(this::throughKafka).toList();
            boolean silent = events.isEmpty() && context.vendors().calls().isEmpty();
            String reason =
                context.topics().ignored().orElse(silent ? MessageOrigin.sentNothing(route) : null);
            result
                .events(events)
                .outcome(silent ? StageOutcome.IGNORED : StageOutcome.TRANSLATED)
                .reason(reason);
          } catch (InvalidMessageException e) {
            result.outcome(StageOutcome.DEAD).reason(e.getMessage());
          }
        });
  }

  /** The destinations of an event, and the events that are derived from it. */
  StageResult fanOut(Event event) throws Exception {
    return runIn(
        "fan-out",
        (context, result) -> {
          try {
            List<String> leftOut = new ArrayList<>();
            DerivedEvents derived = new DerivedEvents(event, leftOut::add);
            Exchange exchange = send(context, "fan-out", event, derived);
            RouteResult.of(exchange, Event.class);
            result
                .events(derived.preview().stream().map(this::throughKafka).toList())
                .destinations(context.destinations())
                .outcome(StageOutcome.FANNED_OUT)
                .reason(leftOut.isEmpty() ? null : leftOut.get(0));
          } catch (InvalidMessageException e) {
            result.outcome(StageOutcome.DEAD).reason(e.getMessage());
          }
        });
  }

  /** Delivers an event to one destination, as its first attempt. */
  StageResult deliver(String destination, Event event, boolean approved) throws Exception {
    return runIn(
        "delivery:" + destination,
        (context, result) -> {
          String off =
              DryRunDelivery.unreachable(
                  destination, context.config().destinations().get(destination));
          if (off != null) {
            result.outcome(StageOutcome.SKIPPED).reason(off);
            return;
          }
          CompletableFuture<DryRunDelivery.End> end = new CompletableFuture<>();
          context.deliveries().start(destination, event, approved, end::complete);
          addOutcome(end.get(MAX_SECONDS, TimeUnit.SECONDS), result);
        });
  }

  /**
   * Sends a body through a route that other routes call.
   *
   * @param destination whose rules for failures apply
   */
  StageResult callRoute(
      String route, String destination, Object body, Map<String, Object> variables)
      throws Exception {
    return runIn(
        route,
        (context, result) -> {
          Exchange exchange =
              context
                  .messages()
                  .send(
                      "direct:" + route,
                      it -> {
                        it.getIn().setBody(body);
                        variables.forEach(it::setVariable);
                      });
          if (exchange.getMessage().getBody() instanceof Event completed) {
            result.events(List.of(completed));
          }
          result.body(exchange.getMessage().getBody());
          Event event = body instanceof Event input ? input : null;
          addOutcome(context.deliveries().end(destination, event, exchange), result);
        });
  }

  private interface StageRun {
    void runIn(DryRunContext context, StageResult.Builder result) throws Exception;
  }

  private StageResult runIn(String entry, StageRun run) throws Exception {
    DryRunContext context = contexts.take(settings, entry);
    StageResult.Builder result = new StageResult.Builder();
    context.begin(stubs, now);
    try {
      run.runIn(context, result);
    } catch (TimeoutException e) {
      // the route still runs: the context cannot be used for another message
      result
          .outcome(StageOutcome.DEAD)
          .reason("the route from " + entry + " does not end")
          .calls(context.vendors())
          .routes(context.enteredRoutes());
      context.close();
      return result.build();
    }
    result.calls(context.vendors()).routes(context.enteredRoutes());
    contexts.release(context, settings, entry);
    return result.build();
  }

  private static Exchange send(DryRunContext context, String route, Object body) {
    return context.messages().send("direct:" + route, it -> it.getIn().setBody(body));
  }

  private static Exchange send(
      DryRunContext context, String route, Object body, EventOrigin origin) {
    return context
        .messages()
        .send(
            "direct:" + route,
            it -> {
              origin.attachTo(it);
              it.getIn().setBody(body);
            });
  }

  private Event throughKafka(Event event) {
    ProducerRecord<byte[], byte[]> record = RecordPublisher.record(event);
    return EventReader.read(
        record.topic(),
        0,
        0,
        now.toEpochMilli(),
        new String(record.key(), StandardCharsets.UTF_8),
        record.headers(),
        record.value());
  }

  private static void addOutcome(DryRunDelivery.End end, StageResult.Builder result) {
    Map<String, String> learnedIds =
        end.learnedIds().stream()
            .collect(toMap(ExternalId::name, ExternalId::id, (first, second) -> second));
    result
        .outcome(outcome(end.state()))
        .reason(end.reason())
        .vendorId(end.vendorId())
        .learnedIds(learnedIds);
  }

  private static StageOutcome outcome(DeliveryState state) {
    return switch (state) {
      case PENDING -> StageOutcome.RETRIED;
      case HELD -> StageOutcome.HELD;
      case DELIVERED -> StageOutcome.DELIVERED;
      case SKIPPED -> StageOutcome.SKIPPED;
      case DEAD -> StageOutcome.DEAD;
      case RUNNING -> throw new IllegalArgumentException("an attempt that ended is not running");
    };
  }
}
