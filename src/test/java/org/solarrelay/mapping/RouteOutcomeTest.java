package org.solarrelay.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;

class RouteOutcomeTest {

  private final RouteOutcome outcome = new RouteOutcome();

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      nullValues = "null",
      quoteCharacter = '`',
      value = {
        "{\"id\":\"c-1\"}        # .id                                  # c-1",
        "{\"data\":{\"id\":17}}  # .data.id                             # 17",
        "[{\"id\":\"c-1\"}]      # .[0].id                              # c-1",
        "{\"ids\":[1,2]}         # .ids[]                               # 1",
        "{\"a\":\"c\",\"n\":1}   # .a + \"-\" + (.n | tostring)         # c-1",
        "{\"a\":\"c,d\"}         # [.a, \"(\"] | join(\",\")            # c,d,(",
        "{\"id\":{\"nested\":1}} # .id                                  # null",
        "{\"id\":null}           # .id                                  # null",
        "{}                      # .ids[]?                              # null"
      })
  void theVendorsIdIsJqOnTheResponse(String body, String jq, String id) throws Exception {
    assertThat(called("delivered('%s')".formatted(jq), body)).isEqualTo(Outcome.delivered(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ok", "", "<html>", "{\"id\":\"c-1\"}"})
  void whateverA2xxSaysTheDestinationHasIt(String body) throws Exception {
    assertThat(called("delivered()", body)).isEqualTo(Outcome.delivered());
  }

  @Test
  void aPageInThePlaceOfAResponseIsRetried() {
    assertThatThrownBy(() -> called("delivered('.id')", "<html>")).isInstanceOf(IOException.class);
  }

  @Test
  void aJqThatFailsOnTheResponseMakesTheDeliveryDead() {
    assertThatThrownBy(() -> called("delivered('.id.of')", "{\"id\":1}"))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("The jq .id.of fails on the response of the destination");
  }

  @Test
  void aJqThatDoesNotEndMakesTheDeliveryDead() {
    assertThatThrownBy(() -> called("delivered('[repeat(1)]')", "{\"id\":1}"))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("The jq [repeat(1)] fails on the response of the destination");
  }

  @Test
  void aRouteSaysWhyThereWasNothingToDo() {
    assertThat(outcome.skipped("Acme does not receive it"))
        .isEqualTo(Outcome.skipped("Acme does not receive it"));
  }

  /** Calls the bean as a step of a route does, with the response as body. */
  private Object called(String method, String response) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("routeOutcome", outcome);
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:end").bean("routeOutcome", method);
            }
          });
      camel.start();
      Exchange end =
          camel
              .createProducerTemplate()
              .send("direct:end", it -> it.getIn().setBody(response.getBytes(UTF_8)));
      if (end.getException() != null) {
        throw end.getException();
      }
      return end.getMessage().getBody();
    }
  }
}
