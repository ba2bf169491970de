package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KameletInputRuleTest {

  @Test
  void aVariableThatTheCallerWouldHaveToSetIsRejected() {
    assertThat(
            EditedFolder.with(
                    "kamelets/enerflo-get-install-action.kamelet.yaml",
                    "expression: ${body}\n",
                    "expression: ${variable.installId}\n")
                .problems())
        .containsExactly(
            "kamelets/enerflo-get-install-action.kamelet.yaml:69: the kamelet reads the variable "
                + "\"installId\", which it does not set. Take it as the body, or declare a "
                + "property with an expression: \"installId: ${variable.installId}\"");
  }

  @Test
  void aVariableThatIsSentIsAnInputToo() {
    assertThat(
            EditedFolder.with(
                    "kamelets/enerflo-add-lead-sink.kamelet.yaml",
                    "            uri: vertx-http:",
                    "            variableSend: lead\n            uri: vertx-http:")
                .problems())
        .singleElement()
        .asString()
        .contains(
            "enerflo-add-lead-sink.kamelet.yaml:72: the kamelet reads the variable \"lead\", which "
                + "it does not set");
  }

  @Test
  void aVariableThatAParameterOfABeanNamesIsAnInputToo() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml", "name: crmSecret", "name: secret")
                .problems())
        .contains(
            "kamelets/crm-callback-sink.kamelet.yaml:56: the kamelet reads the variable "
                + "\"crmSecret\", which it does not set. Take it as the body, or declare a "
                + "property with an expression: \"crmSecret: ${variable.crmSecret}\"");
  }

  @Test
  void aVariableOfTheKameletsOwnIsNone() {
    assertThat(
            EditedFolder.with(
                    "kamelets/flip-get-enrollment-action.kamelet.yaml",
                    "variableReceive: flipToken",
                    "variableReceive: token")
                .problems())
        .hasSize(2)
        .first()
        .asString()
        .contains(
            "flip-get-enrollment-action.kamelet.yaml:59: the kamelet reads the variable "
                + "\"flipToken\", which it does not set");
  }
}
