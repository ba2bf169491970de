package org.solarrelay.vendor.crm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit6.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.event.Event;
import org.solarrelay.pipeline.ErrorHandling;
import org.solarrelay.vendor.enerflo.project.EnerfloEnrichment;

/**
 * A model of a deliver route's test in Camel's own way: the file as it is with its real beans,
 * {@code direct:} in the place of the deliveries, and mocks in that of the route and the kamelet it
 * calls.
 */
class DeliverCrmStepsTest extends CamelTestSupport {

  private static final String FILE = "routes/deliver-crm.camel.yaml";

  @Override
  public boolean isUseAdviceWith() {
    return true;
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.addRoutesConfigurations(new ErrorHandling());
    return camel;
  }

  @Override
  protected void bindToRegistry(Registry beans) {
    beans.bind("crmMapper", new CrmMapper());
    beans.bind("crmOutcomes", new CrmOutcomes());
    beans.bind(
        "enerfloEnrichment",
        new EnerfloEnrichment(Optional.of("https://enerflo.invalid"), Optional.of("key")));
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() throws Exception {
    var file = ResourceHelper.fromString("file:" + FILE, Files.readString(Path.of(FILE)));
    return PluginHelper.getRoutesLoader(context())
        .findRoutesBuilders(file)
        .toArray(RoutesBuilder[]::new);
  }

  @BeforeEach
  void replaceCallsByMocks() throws Exception {
    AdviceWith.adviceWith(
        context(),
        "deliver-crm",
        route -> {
          route.replaceFromWith("direct:deliver-crm");
          route.weaveByToUri("direct:enrich-from-enerflo").replace().to("mock:enrich");
          // the step's variableSend goes with it
          route
              .weaveByToUri("kamelet:crm-callback-sink")
              .replace()
              .toV("mock:callback", "callback", null);
        });
    context().start();
  }

  @Test
  void anEventOfTheWebIsSentUnchanged() throws Exception {
    Event lead = event("web", "lead.submitted", "7421", "{\"email\": \"ada@example.com\"}");
    getMockEndpoint("mock:enrich").expectedMessageCount(0);
    getMockEndpoint("mock:callback").expectedMessageCount(1);

    Exchange exchange = deliver(lead);

    MockEndpoint.assertIsSatisfied(context());
    assertThat(callback().id()).isEqualTo("event-1");
    assertThat(callback().json()).asString(UTF_8).contains("ada@example.com");
    assertThat(exchange.getMessage().getBody()).isEqualTo(Outcome.delivered());
  }

  @Test
  void aProjectFromEnerfloIsEnrichedFirst() throws Exception {
    Event announced = event("enerflo", "project.submitted", "901", "{}");
    Event enriched =
        event("enerflo", "project.submitted", "901", "{\"install\": {\"id\": \"I-901\"}}");
    getMockEndpoint("mock:enrich").expectedBodiesReceived(announced);
    getMockEndpoint("mock:enrich")
        .whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(enriched));
    getMockEndpoint("mock:callback").expectedMessageCount(1);

    deliver(announced);

    MockEndpoint.assertIsSatisfied(context());
    assertThat(callback().json()).asString(UTF_8).contains("I-901");
  }

  @Test
  void aCallThatFailsFailsTheDelivery() throws Exception {
    getMockEndpoint("mock:callback").expectedMessageCount(1);
    getMockEndpoint("mock:callback")
        .whenAnyExchangeReceived(
            exchange -> {
              throw new IOException("Connection was closed");
            });

    Exchange exchange = deliver(event("web", "lead.submitted", "7421", "{}"));

    MockEndpoint.assertIsSatisfied(context());
    assertThat(exchange.getException()).hasMessage("Connection was closed");
  }

  private Exchange deliver(Event event) {
    return template().send("direct:deliver-crm", exchange -> exchange.getMessage().setBody(event));
  }

  private CrmCallback callback() {
    return getMockEndpoint("mock:callback")
        .getReceivedExchanges()
        .get(0)
        .getIn()
        .getBody(CrmCallback.class);
  }
}
