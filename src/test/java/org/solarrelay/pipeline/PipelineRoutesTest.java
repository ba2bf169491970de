package org.solarrelay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit6.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.delivery.queue.NoQueue;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.routes.FailedStepRecorder;
import org.solarrelay.topic.BatchOfOne;

/**
 * The order of the stages. {@code direct:} takes the place of the topics that the routes read, and
 * mocks that of what they call.
 */
class PipelineRoutesTest extends CamelTestSupport {

  private static final Map<String, String> FROM_INTAKE =
      Map.of("relay_source", "enerflo", "relay_receipt", "receipt-1");

  private static final String LEAD = "{\"email\": \"ada@example.com\"}";

  private final DeadReasons dead = new DeadReasons();

  @Override
  public boolean isUseAdviceWith() {
    return true;
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getComponent("direct", DirectComponent.class).setBlock(false);
    camel.getCamelContextExtension().addInterceptStrategy(new FailedStepRecorder());
    camel.addRoutesConfigurations(new ErrorHandling());
    return camel;
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() {
    RelayConfig config = RelaySettings.of(Map.of());
    RoutesBuilder files =
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:translate-enerflo")
                .routeId("translate-enerflo")
                .to("mock:translate-enerflo");
          }
        };
    EventDelaySink delays = new EventDelaySink(new SimpleMeterRegistry(), config);
    return new RoutesBuilder[] {
      new PipelineRoutes(
          new JsonMemory(config),
          new WebhookRecordReader(config),
          new WebhookDelayProcessor(delays, List.of()),
          new EventRecordReader(NoQueue.sink(), delays)),
      files
    };
  }

  @BeforeEach
  void takeKafkaAndTheRouteFilesAway() throws Exception {
    AdviceWith.adviceWith(
        context(),
        "read-inbox",
        route -> {
          route.replaceFromWith("direct:solar.inbox");
          route.weaveByToUri("topic:events").replace().to("mock:topic:events");
        });
    AdviceWith.adviceWith(
        context(),
        "read-events",
        route -> {
          route.replaceFromWith("direct:solar.leads");
          route.weaveByToUri("direct:fan-out").replace().to("mock:fan-out");
        });
    context().start();
  }

  @Test
  void aWebhookIsReadThenTranslatedThenItsEventsAreAppended() throws Exception {
    Translation translation = Translation.of(event("lead.submitted", LEAD));
    MockEndpoint translate = getMockEndpoint("mock:translate-enerflo");
    translate.expectedMessageCount(1);
    translate.whenAnyExchangeReceived(left(translation));
    getMockEndpoint("mock:topic:events").expectedBodiesReceived(translation);

    Exchange exchange = webhook("{\"webhook_event\": \"new_customer\"}");

    MockEndpoint.assertIsSatisfied(context());
    Webhook webhook = received(translate, Webhook.class);
    assertThat(webhook.source()).isEqualTo("enerflo");
    assertThat(webhook.receipt()).isEqualTo("receipt-1");
    assertThat(webhook.body().path("webhook_event").asText()).isEqualTo("new_customer");
    assertThat(exchange.getException()).isNull();
    assertThat(dead.reasons()).isEmpty();
  }

  @Test
  void aWebhookThatIsNoJsonIsDeadBeforeItIsTranslated() throws Exception {
    getMockEndpoint("mock:translate-enerflo").expectedMessageCount(0);
    getMockEndpoint("mock:topic:events").expectedMessageCount(0);

    Exchange exchange = webhook("no json");

    MockEndpoint.assertIsSatisfied(context());
    assertDeadLetter(exchange);
  }

  @Test
  void aWebhookThatIsNotTranslatedIsDeadAndAppendsNothing() throws Exception {
    getMockEndpoint("mock:translate-enerflo")
        .whenAnyExchangeReceived(failing(new IllegalStateException("Ada Brook")));
    getMockEndpoint("mock:topic:events").expectedMessageCount(0);

    Exchange exchange = webhook("{}");

    MockEndpoint.assertIsSatisfied(context());
    assertDeadLetter(exchange);
    assertThat(dead.reasons())
        .singleElement()
        .asString()
        .startsWith("the route translate-enerflo failed in step to")
        .endsWith(": illegal state");
  }

  @Test
  void aRouteThatEndsWithoutATranslationIsNamed() throws Exception {
    getMockEndpoint("mock:translate-enerflo").whenAnyExchangeReceived(left("a text"));
    getMockEndpoint("mock:topic:events").expectedMessageCount(0);

    webhook("{}");

    MockEndpoint.assertIsSatisfied(context());
    assertThat(dead.reasons())
        .containsExactly(
            "the route translate-enerflo: the body is a text; end with an event {type, data}, a"
                + " list of them, or {ignored: \"why\"}");
  }

  /** What jq hands back. */
  @Test
  void theJsonOfATranslateRouteBecomesEvents() throws Exception {
    getMockEndpoint("mock:translate-enerflo")
        .whenAnyExchangeReceived(
            left(
                EventJson.parse(
                    "{\"type\": \"lead.submitted\", \"data\": {\"email\": \"a@example.com\"}}"
                        .getBytes(StandardCharsets.UTF_8))));
    MockEndpoint appended = getMockEndpoint("mock:topic:events");
    appended.expectedMessageCount(1);

    webhook("{}");

    MockEndpoint.assertIsSatisfied(context());
    Event event = received(appended, Translation.class).events().get(0);
    assertThat(event.source()).isEqualTo("enerflo");
    assertThat(event.receipt()).isEqualTo("receipt-1");
    assertThat(dead.reasons()).isEmpty();
  }

  @Test
  void aWebhookOfASourceWithoutARouteIsDead() {
    Exchange exchange =
        send(
            "solar.inbox",
            "{}",
            Map.of("relay_source", "solarproof", "relay_receipt", "receipt-1"));

    assertDeadLetter(exchange);
    assertThat(dead.reasons())
        .containsExactly("there is no route from direct://translate-solarproof");
  }

  @Test
  void aDatabaseThatIsAwayFailsTheBatchAndEndsNoWebhook() {
    getMockEndpoint("mock:translate-enerflo")
        .whenAnyExchangeReceived(failing(new SQLException("away", "08006")));

    Exchange exchange = webhook("{}");

    assertThat(exchange.getException()).isInstanceOf(SQLException.class);
    assertThat(dead.reasons()).isEmpty();
  }

  @Test
  void anEventIsReadThenFannedOut() throws Exception {
    MockEndpoint fanOut = getMockEndpoint("mock:fan-out");
    fanOut.expectedMessageCount(1);

    Exchange exchange = send("solar.leads", LEAD, Map.of());

    MockEndpoint.assertIsSatisfied(context());
    Event read = received(fanOut, Event.class);
    assertThat(read.type()).isEqualTo("lead.submitted");
    assertThat(read.id()).isEqualTo("solar.leads-0-7");
    assertThat(exchange.getException()).isNull();
    assertThat(dead.reasons()).isEmpty();
  }

  @Test
  void aMessageThatIsNoEventIsDeadBeforeItIsFannedOut() throws Exception {
    getMockEndpoint("mock:fan-out").expectedMessageCount(0);

    Exchange exchange = send("solar.leads", "{\"type\": \"lead.unheard-of\"}", Map.of());

    MockEndpoint.assertIsSatisfied(context());
    assertDeadLetter(exchange);
  }

  @Test
  void anEventThatCannotBeFannedOutIsDead() {
    getMockEndpoint("mock:fan-out")
        .whenAnyExchangeReceived(failing(new IllegalStateException("Ada Brook")));

    Exchange exchange = send("solar.leads", LEAD, Map.of());

    assertDeadLetter(exchange);
    assertThat(dead.reasons()).noneMatch(reason -> reason.contains("Brook"));
  }

  @Test
  void aFanOutThatLosesTheEventIsNamed() {
    getMockEndpoint("mock:fan-out").whenAnyExchangeReceived(left("crm,enerflo"));

    send("solar.leads", LEAD, Map.of());

    assertThat(dead.reasons())
        .containsExactly("the route fan-out ended without the event as its body");
  }

  private Exchange webhook(String body) {
    return send("solar.inbox", body, FROM_INTAKE);
  }

  private Exchange send(String topic, String value, Map<String, String> headers) {
    BatchOfOne batch = new BatchOfOne(dead, topic, value, headers);
    return template().send("direct:" + topic, batch::enter);
  }

  /** The batch goes on, because the record is over. */
  private void assertDeadLetter(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    assertThat(dead.reasons()).hasSize(1);
  }

  private static <T> T received(MockEndpoint mock, Class<T> type) {
    return type.cast(mock.getReceivedExchanges().get(0).getIn().getBody());
  }

  private static Processor left(Object body) {
    return exchange -> exchange.getMessage().setBody(body);
  }

  private static Processor failing(Exception failure) {
    return exchange -> {
      throw failure;
    };
  }
}
