package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimpleRuleTest {

  @Test
  void anExpressionThatIsNotClosedIsRefused() {
    assertThat(
            EditedFolder.with(
                    "deliver-enerflo.camel.yaml",
                    "${body.type} == 'project.note-added'",
                    "${body.type == 'project.note-added'")
                .problems())
        .containsExactly(
            "deliver-enerflo.camel.yaml:29: \"${body.type == 'project.note-added'\" can "
                + "not be read: expected symbol functionEnd but was eol at character 35. See "
                + "Camel's page on the simple language");
  }

  @Test
  void aFunctionThatDoesNotExistIsRefused() {
    assertThat(
            EditedFolder.with(
                    "deliver-enerflo.camel.yaml",
                    "${body.type} == 'project.note-added'",
                    "${bodie.type} == 'project.note-added'")
                .problems())
        .containsExactly(
            "deliver-enerflo.camel.yaml:29: \"${bodie.type} == 'project.note-added'\" can "
                + "not be read: Unknown function: bodie.type at character 1. See Camel's page on "
                + "the simple language");
  }
}
