package org.solarrelay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.LogWatch;

class ErrorHandlingTest {

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

  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() throws Exception {
    camel.addRoutesConfigurations(new ErrorHandling());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:broken").throwException(new IllegalStateException("broken"));
            from("direct:outer").to("direct:broken").setBody(constant("went on"));
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aRouteHandsItsExceptionToItsCaller() {
    Exchange exchange = send("direct:outer");

    assertThat(exchange.getException()).hasMessage("broken");
    assertThat(exchange.getMessage().getBody()).isEqualTo("Ada Brook");
  }

  @Test
  void aRouteLoadedIntoARunningContextDoesSoToo() throws Exception {
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("file:loaded.camel.yaml", FROM_FILE));

    assertThat(send("direct:loaded").getException()).hasMessage("broken");
  }

  @Test
  void camelLogsNothingOfTheMessage() {
    LogWatch log = LogWatch.open();
    try {
      send("direct:outer");
    } finally {
      log.close();
    }

    assertThat(log.lines()).noneMatch(line -> line.contains("Ada Brook"));
  }

  private Exchange send(String uri) {
    return camel
        .createProducerTemplate()
        .send(uri, exchange -> exchange.getMessage().setBody("Ada Brook"));
  }
}
