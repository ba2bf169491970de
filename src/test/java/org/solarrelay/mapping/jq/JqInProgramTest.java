package org.solarrelay.mapping.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class JqInProgramTest {

  @Inject CamelContext camel;

  @Test
  void theLanguageOfRoutesIsTheRelays() {
    Expression expression = camel.resolveLanguage("jq").createExpression("phone(\"US\")");
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody(TextNode.valueOf("call 801-555-0142"));

    assertThat(camel.resolveLanguage("jq")).isInstanceOf(JqRouteLanguage.class);
    assertThat(expression.evaluate(exchange, String.class)).isEqualTo("801-555-0142");
  }
}
