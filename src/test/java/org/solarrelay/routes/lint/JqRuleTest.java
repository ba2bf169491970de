package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JqRuleTest {

  @Test
  void anExpressionThatCannotBeReadIsNamed() {
    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml", ".type == \"lead.submitted\" or .type", "(.type")
                .problems())
        .singleElement()
        .asString()
        .startsWith("fan-out.camel.yaml:13: this jq cannot be read: Encountered ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          env.HOME == "x"  > jq has no environment here: env. variable("name") reads a variable of the route
          $ENV.HOME == "x" > jq has no environment here: $ENV. variable("name") reads a variable of the route
          input.a == "x"   > jq has no further input here: input. The body is the only input: .
          .data.zip | zp        > there is no such jq function: zp/0. Did you mean zip/0?
          """)
  void anExpressionThatReachesBeyondTheMessageIsRefused(String expression, String problem) {
    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml",
                    ".type == \"lead.submitted\" or .type",
                    expression + " or .type")
                .problems())
        .containsExactly("fan-out.camel.yaml:13: " + problem);
  }

  @Test
  void theFunctionsOfTheNormalisationAreKnown() {
    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml",
                    ".type == \"lead.submitted\" or .type",
                    "(.data.phone | phone(\"US\")) == null or .type")
                .problems())
        .isEmpty();
  }

  @Test
  void anEventTypeThatFanOutMisspellsIsNamedWithTheOneThatWasMeant() {
    assertThat(
            EditedFolder.with("fan-out.camel.yaml", "\"lead.submitted\"", "\"lead.submited\"")
                .problems())
        .containsExactly(
            "fan-out.camel.yaml:13: there is no event type \"lead.submited\". Did you mean"
                + " \"lead.submitted\"?");
  }

  @Test
  void anEventTypeOfOnesOwnIsKnown() {
    assertThat(
            EditedFolder.with(
                    "schemas/permit.issued.schema.json", "{\"x-topic\":\"solar.projects\"}")
                .and("fan-out.camel.yaml", "\"lead.submitted\"", "\"permit.issued\"")
                .problems())
        .noneMatch(problem -> problem.contains("event type"));
  }

  @Test
  void aDestinationWithoutARouteIsNamedWithTheOneThatWasMeant() {
    assertThat(
            EditedFolder.with("fan-out.camel.yaml", "uri: delivery:flip", "uri: delivery:flp")
                .problems())
        .anyMatch(
            problem -> problem.contains("no route begins at delivery:flp. Did you mean \"flip\"?"));
  }
}
