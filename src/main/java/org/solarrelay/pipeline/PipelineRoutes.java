package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.routes.RoutesResource;

/**
 * The stages between intake and the deliveries, in their order. What a webhook means, and which
 * destinations follow an event, is in the route files that they call. docs/architecture.md has the
 * whole way.
 *
 * <ul>
 *   <li>{@code topic:events} appends each event to the topic of its type: a lead to {@code
 *       solar.leads}, which the second route reads.
 *   <li>{@code direct:fan-out} sends the event to {@code delivery:<destination>}: a row of the
 *       queue in PostgreSQL, never for the event's own source. The route from {@code
 *       delivery:<destination>} calls the vendor later, and is retried for 24 hours. Then, or once
 *       the vendor refuses it for good, the delivery is a dead letter too.
 *   <li>{@link ErrorHandling#DEAD_LETTER}: a message that fails is appended to {@code
 *       solar.dead-letters}. While Kafka or PostgreSQL is away, the batch is processed again.
 * </ul>
 *
 * <p>The consumer groups are {@code <relay.kafka.group-prefix>-translate} and {@code …-fan-out}: an
 * upgrade reads on where the version before stopped.
 */
@Singleton
public class PipelineRoutes extends RouteBuilder {

  private final JsonMemory memory;
  private final WebhookRecordReader readWebhook;
  private final EventRecordReader readEvent;

  PipelineRoutes(JsonMemory memory, WebhookRecordReader readWebhook, EventRecordReader readEvent) {
    this.memory = memory;
    this.readWebhook = readWebhook;
    this.readEvent = readEvent;
  }

  @Override
  public void configure() {
    // a batch holds the bytes of its webhooks and, as bytes again, their events: half for each
    from("topic:solar.inbox?group=translate&maxBytes=" + memory.batchBytes() / 2)
        .routeId("read-inbox")
        .routeDescription("Translates accepted webhooks into events")
        .routeProperty(RoutesResource.FILE, "pipeline/PipelineRoutes")
        .routeConfigurationId(ErrorHandling.DEAD_LETTER)
        .process(readWebhook)
        .toD("direct:translate-${body.source}")
        .process(PipelineRoutes::readTranslation)
        .to("topic:events");

    from("topic:solar.leads,solar.projects,solar.enrollments?group=fan-out")
        .routeId("read-events")
        .routeDescription("Adds a delivery for each destination of an event")
        .routeProperty(RoutesResource.FILE, "pipeline/PipelineRoutes")
        .routeConfigurationId(ErrorHandling.DEAD_LETTER)
        .process(readEvent)
        .to("direct:fan-out")
        .process(PipelineRoutes::requireEvent);
  }

  private static void readTranslation(Exchange exchange) {
    Webhook webhook = WebhookRecordReader.of(exchange);
    Translation translation =
        RouteResult.translation(exchange, webhook, "translate-" + webhook.source());
    exchange.getMessage().setBody(translation);
  }

  /**
   * Fan-out of an earlier version left the names of destinations as body: it would deliver none.
   */
  private static void requireEvent(Exchange exchange) {
    RouteResult.body(exchange, Event.class, "fan-out");
  }
}
