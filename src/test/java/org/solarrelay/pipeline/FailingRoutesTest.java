package org.solarrelay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.solarrelay.LogCapture;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.mapping.jq.JqRouteLanguage;
import org.solarrelay.routes.FailedStep;
import org.solarrelay.routes.FailedStepRecorder;
import org.solarrelay.topic.StageUnavailableException;

/** A route that throws: the reason says where, and nothing of the person is in it or in the log. */
class FailingRoutesTest {

  private static final String PERSON =
      """
      {"email":"brook-family@example.com","fullName":"Ada Brook","mobile":"801-555-0142"}\
      """;

  private static final String ROUTES =
      """
      - route:
          id: translate-leads
          from:
            uri: direct:translate-leads
            steps:
              - setVariable:
                  name: state
                  simple:
                    expression: ${body.data.address.state}
      - route:
          id: fan-out
          from:
            uri: direct:fan-out
            steps:
              - choice:
                  when:
                    - simple:
                        expression: ${body.type} == 'none'
                      steps:
                        - setBody:
                            constant: crm
                    - simple:
                        expression: ${body.data.address.state} == 'UT'
                      steps:
                        - setBody:
                            constant: crm
      - route:
          id: deliver-crm
          from:
            uri: direct:deliver-crm
            steps:
              - filter:
                  simple:
                    expression: ${body.type} == 'lead.submitted'
                  steps:
                    - bean:
                        ref: mapper
                        method: map
      - route:
          id: translate-flip
          from:
            uri: direct:translate-flip
            steps:
              - bean:
                  ref: database
                  method: read
      - route:
          id: translate-permits
          from:
            uri: direct:translate-permits
            steps:
              - setBody:
                  jq:
                    expression: if .body.email then [range(1e12)] else "no lead" end
      """;

  private static final DefaultCamelContext camel = new DefaultCamelContext();
  private static ProducerTemplate producer;

  private final LogCapture watch = LogCapture.open();

  public static class Mapper {
    public Object map(Event event) {
      throw new IllegalStateException("cannot map " + event);
    }
  }

  public static class Database {
    public Object read(Webhook webhook) throws SQLException {
      throw new SQLException("the connection is closed", "08006");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    camel.getRegistry().bind(JqRouteLanguage.BEAN, new JqRouteLanguage());
    camel.getRegistry().bind("mapper", new Mapper());
    camel.getRegistry().bind("database", new Database());
    camel.getCamelContextExtension().addInterceptStrategy(new FailedStepRecorder());
    camel.addRoutesConfigurations(new ErrorHandling());
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("routes.camel.yaml", ROUTES));
    camel.start();
    producer = camel.createProducerTemplate();
  }

  @AfterAll
  static void stop() {
    camel.stop();
  }

  @AfterEach
  void nothingOfThePersonIsInTheLog() {
    watch.close();
    assertThat(watch.lines())
        .noneMatch(line -> line.contains("brook-family"))
        .noneMatch(line -> line.contains("Ada Brook"))
        .noneMatch(line -> line.contains("555-0142"));
  }

  @Test
  void anExpressionOfTranslateIsNamedWithFileAndLine() {
    assertReason(
        catchThrowable(() -> translate("leads")),
        "the route translate-leads failed in step setVariable (routes.camel.yaml:6),"
            + " expression ${body.data.address.state}: ");
  }

  @Test
  void aJqThatDoesNotEndEndsItsMessageOnly() {
    assertReason(
        catchThrowable(() -> translate("permits")),
        "the route translate-permits failed in step setBody (routes.camel.yaml:52), expression if"
            + " .body.email then [range(1e12)] else \"no lead\" end: the jq was stopped,"
            + " it takes more than ");

    Exchange next =
        producer.send("direct:translate-permits", e -> e.getIn().setBody(webhook("permits", "{}")));
    assertThat(next.getException()).isNull();
    assertThat(next.getMessage().getBody(String.class)).contains("no lead");
  }

  @Test
  void aConditionOfFanOutIsNamedWithFileAndLine() {
    assertReason(
        catchThrowable(() -> destinations()),
        "the route fan-out failed in step choice when (routes.camel.yaml:22),"
            + " expression ${body.data.address.state} == 'UT': ");
  }

  @Test
  void aBeanOfADeliveryIsNamedWithFileAndLine() {
    Exchange exchange = producer.send("direct:deliver-crm", e -> e.getIn().setBody(event()));

    assertThat(exchange.getException()).isNotNull();
    assertThat(FailedStep.of(exchange))
        .hasValueSatisfying(
            step ->
                assertThat(step.text()).isEqualTo("step bean mapper.map (routes.camel.yaml:36)"));
    assertThat(FailedStep.kind(exchange.getException())).isEqualTo("illegal state");
  }

  @Test
  void aRouteWhoseDatabaseIsAwayMakesNoDeadLetter() {
    assertThatThrownBy(() -> translate("flip")).isInstanceOf(StageUnavailableException.class);
  }

  private static Object translate(String source) {
    return RouteResult.of(
        producer.send("direct:translate-" + source, e -> e.getIn().setBody(webhook(source))),
        Translation.class);
  }

  private static Object destinations() {
    return RouteResult.of(
        producer.send("direct:fan-out", e -> e.getIn().setBody(event())), String.class);
  }

  private static void assertReason(Throwable thrown, String beginning) {
    assertThat(thrown).isInstanceOf(InvalidMessageException.class);
    assertThat(thrown.getMessage())
        .startsWith(beginning)
        .doesNotContain("Exception", "brook-family", "Ada Brook", "555-0142");
  }

  private static Webhook webhook(String source) {
    return webhook(source, PERSON);
  }

  private static Webhook webhook(String source, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return Webhook.builder()
        .source(source)
        .receipt("receipt")
        .receivedAt(OffsetDateTime.now())
        .body(EventJson.parse(body))
        .build();
  }

  private static Event event() {
    byte[] data = PERSON.getBytes(StandardCharsets.UTF_8);
    return Event.builder()
        .id("1")
        .source("web")
        .type("lead.submitted")
        .subject("s")
        .time(OffsetDateTime.now())
        .data(EventJson.parseObject(data))
        .build();
  }
}
