package org.solarrelay.pipeline;

import static org.solarrelay.delivery.http.VendorBench.event;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit6.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.Event;

/**
 * A model of a route's test in Camel's own way: the file as it is, with mocks in the place of the
 * endpoints that lead out of it. Specs ({@code routes/tests}) are the shorter way for most routes.
 */
class FanOutRouteTest extends CamelTestSupport {

  private static final String FILE = "routes/fan-out.camel.yaml";

  @Override
  public boolean isUseAdviceWith() {
    return true;
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() throws Exception {
    var file = ResourceHelper.fromString("file:" + FILE, Files.readString(Path.of(FILE)));
    return PluginHelper.getRoutesLoader(context())
        .findRoutesBuilders(file)
        .toArray(RoutesBuilder[]::new);
  }

  @BeforeEach
  void putMocksInThePlaceOfDestinations() throws Exception {
    AdviceWith.adviceWith(
        context(),
        "fan-out",
        route -> {
          for (String destination : new String[] {"enerflo", "solarproof", "flip", "crm"}) {
            route.weaveByToUri("delivery:" + destination).replace().to("mock:" + destination);
          }
        });
    context().start();
  }

  @Test
  void aLeadGoesToTheSystemsThatFollowLeads() throws Exception {
    Event lead = event("lead.submitted", "{}");
    getMockEndpoint("mock:enerflo").expectedBodiesReceived(lead);
    getMockEndpoint("mock:solarproof").expectedBodiesReceived(lead);
    getMockEndpoint("mock:flip").expectedMessageCount(0);
    getMockEndpoint("mock:crm").expectedBodiesReceived(lead);

    template().sendBody("direct:fan-out", lead);

    MockEndpoint.assertIsSatisfied(context());
  }

  @Test
  void anEnrollmentGoesToFlipAndTheCrm() throws Exception {
    Event enrollment = event("enrollment.changed", "{}");
    getMockEndpoint("mock:enerflo").expectedMessageCount(0);
    getMockEndpoint("mock:solarproof").expectedMessageCount(0);
    getMockEndpoint("mock:flip").expectedBodiesReceived(enrollment);
    getMockEndpoint("mock:crm").expectedBodiesReceived(enrollment);

    template().sendBody("direct:fan-out", enrollment);

    MockEndpoint.assertIsSatisfied(context());
  }
}
