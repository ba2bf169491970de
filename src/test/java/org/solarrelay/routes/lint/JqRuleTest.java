package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
