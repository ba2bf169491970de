package org.solarrelay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit6.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.LogCapture;
import org.solarrelay.topic.BatchOfOne;

/** Where a failure goes: two routes with a step that fails, one for each configuration. */
class ErrorHandlingTest extends CamelTestSupport {

  private static final String PERSON = "Ada Brook";

  private static final String FROM_FILE =
      """
      - route:
          id: loaded
          from:
            uri: direct:loaded
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: broken
      """;

  private final DeadReasons dead = new DeadReasons();

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
  protected RoutesBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:delivery").routeId("delivery").to("direct:vendor").to("mock:after");
        from("direct:stage")
            .routeId("stage")
            .routeConfigurationId(ErrorHandling.DEAD_LETTER)
            .to("direct:translate")
            .to("mock:after");
      }
    };
  }

  @BeforeEach
  void putMocksInThePlaceOfTheSteps() throws Exception {
    AdviceWith.adviceWith(
        context(),
        "delivery",
        route -> route.weaveByToUri("direct:vendor").replace().to("mock:step"));
    AdviceWith.adviceWith(
        context(),
        "stage",
        route -> route.weaveByToUri("direct:translate").replace().to("mock:step"));
    context().start();
    getMockEndpoint("mock:step").expectedMessageCount(1);
    getMockEndpoint("mock:after").expectedMessageCount(0);
  }

  @Test
  void aRouteHandsItsExceptionToItsCaller() throws Exception {
    stepFails(new IllegalStateException(PERSON));

    Exchange exchange = send("direct:delivery");

    MockEndpoint.assertIsSatisfied(context());
    assertThat(exchange.getException()).isInstanceOf(IllegalStateException.class);
    assertThat(exchange.getMessage().getBody()).isEqualTo(PERSON);
  }

  @Test
  void aRouteLoadedIntoARunningContextDoesSoToo() throws Exception {
    PluginHelper.getRoutesLoader(context())
        .loadRoutes(ResourceHelper.fromString("file:loaded.camel.yaml", FROM_FILE));

    assertThat(send("direct:loaded").getException()).hasMessage("broken");
  }

  @Test
  void aMessageAtFaultEndsItsRecordAtTheFirstFailure() throws Exception {
    stepFails(new IllegalStateException(PERSON));

    Exchange exchange = sendRecord();

    MockEndpoint.assertIsSatisfied(context());
    assertThat(exchange.getException()).isNull();
    assertThat(dead.reasons()).containsExactly("the route stage failed: illegal state");
  }

  @Test
  void whatIsAwayFailsTheBatchAtTheFirstFailure() throws Exception {
    stepFails(new SQLException("away", "08006"));

    Exchange exchange = sendRecord();

    MockEndpoint.assertIsSatisfied(context());
    assertThat(exchange.getException()).isInstanceOf(SQLException.class);
    assertThat(dead.reasons()).isEmpty();
  }

  @Test
  void anExchangeOfNoBatchHasNoDeadLetter() throws Exception {
    stepFails(new IllegalStateException("broken"));

    assertThat(send("direct:stage").getException()).hasMessage("broken");
    MockEndpoint.assertIsSatisfied(context());
  }

  /** The program turns this logger off; nothing depends on that. */
  @Test
  void camelLogsNothingOfTheMessage() {
    stepFails(new IllegalStateException(PERSON));
    Logger errors = Logger.getLogger("org.apache.camel.processor.errorhandler");
    Level before = errors.getLevel();
    errors.setLevel(Level.INFO);
    LogCapture log = LogCapture.open();
    try {
      send("direct:delivery");
      send("direct:stage");
      sendRecord();
    } finally {
      log.close();
      errors.setLevel(before);
    }

    assertThat(log.lines()).noneMatch(line -> line.contains(PERSON));
  }

  private void stepFails(Exception failure) {
    getMockEndpoint("mock:step")
        .whenAnyExchangeReceived(
            exchange -> {
              throw failure;
            });
  }

  private Exchange send(String uri) {
    return template().send(uri, exchange -> exchange.getMessage().setBody(PERSON));
  }

  private Exchange sendRecord() {
    BatchOfOne batch = new BatchOfOne(dead, "solar.inbox", PERSON, Map.of());
    return template().send("direct:stage", batch::enter);
  }
}
