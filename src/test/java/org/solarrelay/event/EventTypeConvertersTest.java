package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events and webhooks as jq expressions of routes see them. */
class EventTypeConvertersTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CamelContext CAMEL = new DefaultCamelContext();

  @BeforeAll
  static void start() {
    CAMEL.start();
  }

  @AfterAll
  static void stop() {
    CAMEL.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          .type == "lead.submitted"                        > true
          .type == "lead.changed" or .type == "lead.qualified" > false
          .type | startswith("lead.")                      > true
          .source == "crm" and .subject == "4711"          > true
          .data.address.state == "UT"                      > true
          .data.address.zip                                > false
          .data.absent.deeper == "x"                       > false
          .data.absent.deeper == null                      > true
          .time | startswith("2026-03-01T12:00")           > true
          """)
  void aConditionSeesTheEvent(String condition, boolean matches) {
    Predicate predicate = CAMEL.resolveLanguage("jq").createPredicate(condition);
    predicate.init(CAMEL);

    Event lead = event("lead.submitted", "{\"address\": {\"state\": \"UT\"}}");

    assertThat(predicate.matches(exchange(lead))).isEqualTo(matches);
  }

  @Test
  void anExpressionSeesAllOfAnEvent() throws Exception {
    Event lead = event("lead.submitted", "{\"email\": \"ada@example.com\"}");

    assertThat(evaluate(".", lead))
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "event-1", "type": "lead.submitted", "source": "crm", "subject": "4711",
                 "time": "2026-03-01T12:00Z", "data": {"email": "ada@example.com"}}
                """));
  }

  @Test
  void anExpressionSeesAllOfAWebhook() throws Exception {
    Webhook webhook =
        Webhook.builder()
            .source("solarproof")
            .event("customer-created")
            .receipt("receipt-1")
            .receivedAt(OffsetDateTime.parse("2026-03-01T12:00:00Z"))
            .headers(Map.of("webhook-id", "w-1"))
            .body(JSON.readTree("{\"id\": 12}"))
            .build();

    assertThat(evaluate(".", webhook))
        .isEqualTo(
            JSON.readTree(
                """
                {"source": "solarproof", "event": "customer-created", "receipt": "receipt-1",
                 "time": "2026-03-01T12:00Z", "headers": {"webhook-id": "w-1"}, "body": {"id": 12}}
                """));
  }

  private static JsonNode evaluate(String text, Object body) {
    Expression expression = CAMEL.resolveLanguage("jq").createExpression(text);
    expression.init(CAMEL);
    return expression.evaluate(exchange(body), JsonNode.class);
  }

  private static Exchange exchange(Object body) {
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.getMessage().setBody(body);
    return exchange;
  }
}
