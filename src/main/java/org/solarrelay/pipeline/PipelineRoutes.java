package org.solarrelay.pipeline;

import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.event.Translation;
import org.solarrelay.routes.RoutesResource;
import org.solarrelay.topic.BatchRecord;

/**
 * The stages between intake and the deliveries, in their order. What a webhook means, and which
 * destinations follow an event, is in the route files that they call.
 *
 * <p>The consumer groups are {@code <relay.kafka.group-prefix>-translate} and {@code …-fan-out},
 * whatever the routes are called: an upgrade reads on where the version before stopped.
 */
@Singleton
public class PipelineRoutes extends RouteBuilder {

  private final JsonMemory memory;
  private final ReadWebhook readWebhook;
  private final ReadEvent readEvent;

  PipelineRoutes(JsonMemory memory, ReadWebhook readWebhook, ReadEvent readEvent) {
    this.memory = memory;
    this.readWebhook = readWebhook;
    this.readEvent = readEvent;
  }

  @Override
  public void configure() {
    // of a webhook's tree there is one at a time; what is made of it is kept as bytes
    from("topic:solar.inbox?group=translate&maxBytes=" + memory.batchBytes() / 2)
        .routeId("read-inbox")
        .routeDescription("Translates accepted webhooks into events")
        .routeProperty(RoutesResource.FILE, "pipeline/PipelineRoutes")
        .routeConfigurationId(ErrorHandling.DEAD_LETTER)
        .process(readWebhook)
        .toD("direct:translate-${body.source}")
        .process(PipelineRoutes::requireTranslation)
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

  private static void requireTranslation(Exchange exchange) {
    String source = RecordOutcomes.source(BatchRecord.of(exchange).orElseThrow().record());
    RouteResult.body(exchange, Translation.class, "translate-" + source);
  }

  /** The names of destinations, which fan-out left in earlier versions, would deliver nothing. */
  private static void requireEvent(Exchange exchange) {
    RouteResult.body(exchange, Event.class, "fan-out");
  }
}
