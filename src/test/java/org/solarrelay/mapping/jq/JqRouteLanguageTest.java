package org.solarrelay.mapping.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.Predicate;
import org.apache.camel.TypeConversionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqRouteLanguageTest {

  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

  @BeforeAll
  static void start() {
    CAMEL.getRegistry().bind(JqRouteLanguage.BEAN, new JqLanguageBean().language());
    CAMEL.start();
  }

  @AfterAll
  static void stop() {
    CAMEL.stop();
  }

  static Stream<Object> bodies() {
    String json = "{\"permit\": \"approved\"}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Stream.of(json, bytes, new ByteArrayInputStream(bytes), Map.of("permit", "approved"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBodyThatIsJsonIsSeenAsJson(Object body) {
    assertThat(evaluate(".permit", body)).hasToString("\"approved\"");
  }

  @Test
  void noBodyIsNull() {
    Exchange exchange = new DefaultExchange(CAMEL);

    assertThat(expression(".a.b // \"none\"").evaluate(exchange, String.class)).isEqualTo("none");
  }

  @Test
  void aBodyThatIsNoJsonFailsTheMessage() {
    assertThatThrownBy(() -> evaluate(".", "no json")).isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          .a == 1            ~ true
          .a == (0, 1)       ~ true
          .a == (2, 3)       ~ false
          .a                 ~ false
          .b                 ~ false
          empty              ~ false
          .c[]               ~ true
          """)
  void aConditionHoldsWhereAValueIsTrue(String condition, boolean holds) {
    Predicate predicate = CAMEL.resolveLanguage("jq").createPredicate(condition);
    predicate.init(CAMEL);

    assertThat(predicate.matches(exchange("{\"a\": 1, \"c\": [false, true]}"))).isEqualTo(holds);
  }

  @Test
  void variablesAndHeadersOfTheMessageAreTexts() {
    Exchange exchange = exchange("{}");
    exchange.setVariable("name", 12);
    exchange.getMessage().setHeader("kind", "lead");

    assertThat(
            expression("[variable(\"name\"), header(\"kind\"), header(\"none\")]")
                .evaluate(exchange, JsonNode.class))
        .hasToString("[\"12\",\"lead\",null]");
  }

  @ParameterizedTest
  @ValueSource(strings = {".a", "null", "empty"})
  void aFieldThatIsMissingIsNoValueToARoute(String expression) {
    assertThat(expression(expression).evaluate(exchange("{}"), Object.class)).isNull();
  }

  /** Like {@code source: variable:found} in a route file. */
  @Test
  void jsonInAVariableIsReadByItsSource() {
    Exchange exchange = exchange("{}");
    exchange.setVariable("found", "{\"id\": 7}".getBytes(StandardCharsets.UTF_8));
    Object[] properties = {null, "variable:found"};

    assertThat(
            CAMEL
                .resolveLanguage("jq")
                .createExpression(".id", properties)
                .evaluate(exchange, Object.class))
        .hasToString("7");
  }

  /** The result of marshal is bytes. */
  @Test
  void aRequestInAVariableIsReadBesideTheEvent() {
    Exchange exchange = exchange("{\"data\": {\"match\": \"manual\"}}");
    exchange.setVariable("request", "{\"lead\": {\"a\": 1}}".getBytes(StandardCharsets.UTF_8));

    assertThat(
            expression(
                    "(variable(\"request\") | fromjson) * ({lead: {match: .data.match, b: .data.b}}"
                        + " | del(.. | nulls)) | tojson")
                .evaluate(exchange, String.class))
        .isEqualTo("{\"lead\":{\"a\":1,\"match\":\"manual\"}}");
  }

  /** {@code ${jq(…)}} in a URI or a log message. */
  @Test
  void simpleReadsAFieldByJq() {
    Expression simple =
        CAMEL.resolveLanguage("simple").createExpression("a-${jq(.data.zip | zip)}");
    simple.init(CAMEL);

    assertThat(simple.evaluate(exchange("{\"data\": {\"zip\": 2134}}"), String.class))
        .isEqualTo("a-02134");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(.a", "env", "$ENV.HOME", "input", "no_such_function"})
  void anUnusableExpressionIsRefusedWhenItIsLoaded(String expression) {
    assertThatThrownBy(() -> expression(expression))
        .isInstanceOf(ExpressionIllegalSyntaxException.class);
  }

  private static Object evaluate(String text, Object body) {
    return expression(text).evaluate(exchange(body), JsonNode.class);
  }

  private static Expression expression(String text) {
    Expression expression = CAMEL.resolveLanguage("jq").createExpression(text);
    expression.init(CAMEL);
    return expression;
  }

  private static Exchange exchange(Object body) {
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.getMessage().setBody(body);
    return exchange;
  }
}
