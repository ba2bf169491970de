package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'${variable.permt}'; 16:40; permt; Did you mean \"permit\"?",
        "'Permit ${variable.permt.number}'; 16:47; permt; Did you mean \"permit\"?",
        "'${variables.permt}'; 16:41; permt; Did you mean \"permit\"?",
        "'${variable:permt}'; 16:40; permt; Did you mean \"permit\"?",
        "'${variable.event}'; 16:40; event; Set it before, by setVariable or variableReceive",
        "'${jq(variable(\"permt\"))}'; 16:44; permt; Did you mean \"permit\"?"
      })
  void aVariableThatNoStepSetsIsRejected(String text, String place, String name, String fix) {
    String steps =
        """
        - setVariable:
            name: permit
            expression:
              simple:
                expression: ${header.permit}
        - setVariable:
            name: text
            expression:
              simple:
                expression: %s
        """;
    assertThat(EditedFolder.withSteps(steps.formatted(text)).places())
        .containsExactly(
            "consume-permits.camel.yaml:%s: no step of this route sets the variable \"%s\". %s"
                .formatted(place, name, fix));
  }

  @Test
  void aVariableThatIsSentAndNotSetIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml", "variableSend: callback", "variableSend: calback")
                .problems())
        .anyMatch(it -> it.contains("no step of this route sets the variable \"calback\""));
  }

  @Test
  void aVariableThatACallNamesIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-enerflo-statuses.camel.yaml",
                    "variableReceive: statuses",
                    "variableReceive: stati")
                .problems())
        .anyMatch(it -> it.contains("no step of this route sets the variable \"statuses\""));
  }

  @Test
  void aVariableIsReadAfterTheStepThatSetsIt() {
    String steps =
        """
        - log:
            loggingLevel: DEBUG
            message: Permit ${variable.permit}
        - setVariable:
            name: permit
            expression:
              simple:
                expression: ${header.permit}
        """;
    assertThat(EditedFolder.withSteps(steps).places())
        .containsExactly(
            "consume-permits.camel.yaml:9:40: the variable \"permit\" is set only in line 11. Move"
                + " the step that sets it in front of this one");
  }
}
