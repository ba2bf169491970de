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
 * Sends messages through the stages as the running program would, each stage in a world of its own.
 * Nothing is sent or stored. Every method throws where its routes can not be started.
 */
final class DryRun {

  private static final long LONGEST_SECONDS = 20;

  private final DryRunContextPool worlds;
  private final SmallRyeConfig settings;
  private final Stubs answers;
  private final Instant now;

  DryRun(DryRunContextPool worlds, SmallRyeConfig settings, Stubs answers, Instant now) {
    this.worlds = worlds;
    this.settings = settings;
    this.answers = answers;
    this.now = now;
  }

  /** Translates a webhook; its events have passed the log and their schemas. */
  StageResult translate(Webhook webhook) throws Exception {
    return in(
        "translate-" + webhook.source(),
        (world, found) -> {
          try {
            Exchange exchange = send(world, "translate-" + webhook.source(), webhook);
            Translation translation = RouteResult.translation(exchange, webhook);
            List<Event> events = translation.events().stream().map(this::overTheLog).toList();
            boolean ignored = events.isEmpty() && translation.ignored() != null;
            found.events(events).is(ignored ? "ignored" : "translated", translation.ignored());
          } catch (InvalidMessageException e) {
            found.is("dead", e.getMessage());
          }
        });
  }

  /**
   * Sends a message of a topic through a route that reads it; the events have passed the log and
   * their schemas.
   */
  StageResult consume(String route, TopicMessage message) throws Exception {
    return in(
        route,
        (world, found) -> {
          try {
            RouteResult.requirePassed(send(world, route, message, new MessageOrigin(message)));
            List<Event> events = world.topics().events().stream().map(this::overTheLog).toList();
            boolean silent = events.isEmpty() && world.vendors().calls().isEmpty();
            String reason =
                world.topics().ignored().orElse(silent ? MessageOrigin.sentNothing(route) : null);
            found.events(events).is(silent ? "ignored" : "translated", reason);
          } catch (InvalidMessageException e) {
            found.is("dead", e.getMessage());
          }
        });
  }

  /** The destinations of an event, and the events that are derived from it. */
  StageResult fanOut(Event event) throws Exception {
    return in(
        "fan-out",
        (world, found) -> {
          try {
            List<String> leftOut = new ArrayList<>();
            DerivedEvents derived = new DerivedEvents(event, leftOut::add);
            Exchange exchange = send(world, "fan-out", event, derived);
            RouteResult.of(exchange, Event.class);
            found
                .events(derived.preview().stream().map(this::overTheLog).toList())
                .heardBy(world.destinations())
                .is("fanned-out", leftOut.isEmpty() ? null : leftOut.get(0));
          } catch (InvalidMessageException e) {
            found.is("dead", e.getMessage());
          }
        });
  }

  /** Delivers an event to one destination, at the first attempt. */
  StageResult deliver(String destination, Event event, boolean approved) throws Exception {
    return in(
        "delivery:" + destination,
        (world, found) -> {
          String off =
              DryRunDelivery.unreachable(
                  destination, world.config().destinations().get(destination));
          if (off != null) {
            found.is("skipped", off);
            return;
          }
          CompletableFuture<DryRunDelivery.End> end = new CompletableFuture<>();
          world.deliveries().start(destination, event, approved, end::complete);
          judged(end.get(LONGEST_SECONDS, TimeUnit.SECONDS), found);
        });
  }

  /**
   * Sends anything through a route that is part of others.
   *
   * @param destination in whose name a failure of it is judged
   */
  StageResult pass(String route, String destination, Object body, Map<String, Object> variables)
      throws Exception {
    return in(
        route,
        (world, found) -> {
          Exchange exchange =
              world
                  .messages()
                  .send(
                      "direct:" + route,
                      it -> {
                        it.getIn().setBody(body);
                        variables.forEach(it::setVariable);
                      });
          if (exchange.getMessage().getBody() instanceof Event completed) {
            found.events(List.of(completed));
          }
          found.left(exchange.getMessage().getBody());
          Event event = body instanceof Event given ? given : null;
          judged(world.deliveries().end(destination, event, exchange), found);
        });
  }

  private interface Run {
    void in(DryRunContext world, StageResultBuilder found) throws Exception;
  }

  private StageResult in(String entry, Run run) throws Exception {
    DryRunContext world = worlds.take(settings, entry);
    StageResultBuilder found = new StageResultBuilder();
    world.begin(answers, now);
    try {
      run.in(world, found);
    } catch (TimeoutException e) {
      // what is still under way in it must not meet another message
      found.is("dead", "the route from " + entry + " does not end");
      StageResult stage = found.stage(world.vendors(), world.entered());
      world.close();
      return stage;
    }
    StageResult stage = found.stage(world.vendors(), world.entered());
    worlds.giveBack(world, settings, entry);
    return stage;
  }

  private static Exchange send(DryRunContext world, String route, Object body) {
    return world.messages().send("direct:" + route, it -> it.getIn().setBody(body));
  }

  private static Exchange send(DryRunContext world, String route, Object body, EventOrigin origin) {
    return world
        .messages()
        .send(
            "direct:" + route,
            it -> {
              origin.attachTo(it);
              it.getIn().setBody(body);
            });
  }

  private Event overTheLog(Event event) {
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

  private static void judged(DryRunDelivery.End end, StageResultBuilder found) {
    Map<String, String> learnt =
        end.learnedIds().stream()
            .collect(toMap(ExternalId::name, ExternalId::id, (first, second) -> second));
    found
        .ended(new StageResult.Ended(end.vendorId(), end.retryAfter(), learnt))
        .is(end.state() == DeliveryState.PENDING ? "retried" : end.state().text(), end.reason());
  }
}
