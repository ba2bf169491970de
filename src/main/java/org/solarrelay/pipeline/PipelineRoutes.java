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
 * The routes between intake and the deliveries. They call the route files, which translate webhooks
 * and select destinations. docs/architecture.md shows the whole way of a message.
 *
 * <ul>
 *   <li>{@code read-inbox}: {@code solar.inbox} → {@code direct:translate-<source>} → {@code
 *       topic:events}, which appends each event to the topic of its type.
 *   <li>{@code read-events}: {@code solar.leads}, {@code solar.projects} and {@code
 *       solar.enrollments} → {@code direct:fan-out} → {@code delivery:<destination>}, which adds a
 *       row to the queue in PostgreSQL. An event is not delivered to the system that it came from.
 * </ul>
 *
 * <p>Failures:
 *
 * <ul>
 *   <li>A message that cannot be processed goes to {@code solar.dead-letters}, and the batch
 *       continues, see {@link ErrorHandling#DEAD_LETTER}.
 *   <li>An outage is no failure of a message: the whole batch is repeated until it succeeds.
 *   <li>A failed delivery is retried for 24 hours. After 24 hours, or at once if the vendor rejects
 *       it (4xx except 401, 403, 408, 425 and 429), the delivery is dead: it stays in PostgreSQL
 *       and can be replayed.
 * </ul>
 *
 * <p>The consumer groups are {@code <relay.kafka.group-prefix>-translate} and {@code …-fan-out}.
 * Keep these names: offsets survive an upgrade.
 */
@Singleton
public class PipelineRoutes extends RouteBuilder {

  private final JsonMemory memory;
  private final WebhookRecordReader readWebhook;
  private final WebhookDelayProcessor timeWebhook;
  private final EventRecordReader readEvent;

  PipelineRoutes(
      JsonMemory memory,
      WebhookRecordReader readWebhook,
      WebhookDelayProcessor timeWebhook,
      EventRecordReader readEvent) {
    this.memory = memory;
    this.readWebhook = readWebhook;
    this.timeWebhook = timeWebhook;
    this.readEvent = readEvent;
  }

  @Override
  public void configure() {
    // A batch holds its webhooks plus their events, about as large: so webhooks may fill only half.
    from("topic:solar.inbox?group=translate&maxBytes=" + memory.batchBytes() / 2)
        .routeId("read-inbox")
        .routeDescription("Translates accepted webhooks into events")
        .routeProperty(RoutesResource.FILE, "pipeline/PipelineRoutes")
        .routeConfigurationId(ErrorHandling.DEAD_LETTER)
        .process(readWebhook)
        .toD("direct:translate-${body.source}")
        .process(PipelineRoutes::readTranslation)
        .process(timeWebhook)
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
   * Rejects a fan-out file written for an earlier version: it returned destination names instead of
   * the event, so nothing would be delivered.
   */
  private static void requireEvent(Exchange exchange) {
    RouteResult.body(exchange, Event.class, "fan-out");
  }
}
