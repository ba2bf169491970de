package org.solarrelay.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kamelet sends what jq has made. */
class JsonBodyConvertersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\'',
      textBlock =
          """
          {name: .data.name}          ~ {"name":"Ada Brøok"}
          {name: .data.name} | tojson ~ {"name":"Ada Brøok"}
          .data.name                  ~ Ada Brøok
          [.data.name, 1.50, null]    ~ ["Ada Brøok",1.5,null]
          """)
  void whatJqMakesIsTheBodyOfARequest(String expression, String body) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.start();
      Expression jq = camel.resolveLanguage("jq").createExpression(expression);
      jq.init(camel);
      DefaultExchange exchange = new DefaultExchange(camel);
      exchange.getMessage().setBody("{\"data\": {\"name\": \"Ada Brøok\"}}");
      exchange.getMessage().setBody(jq.evaluate(exchange, Object.class));

      assertThat(exchange.getMessage().getBody(Buffer.class)).hasToString(body);
    }
  }
}
