package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaRuleTest {

  @Test
  void aMisspeltStepGetsASuggestion() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "- setVariable:", "- setVariabel:")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:16: an item of steps has no key \"setVariabel\". Did "
                + "you mean \"setVariable\"?",
            "deliver-crm.camel.yaml:24: no step of this route sets the variable \"callback\". Set it"
                + " before, by setVariable or variableReceive");
  }

  @Test
  void aTopLevelKeyThatCamelWouldIgnoreIsRejected() {
    assertThat(EditedFolder.with("deliver-crm.camel.yaml", "- route:", "- rote:").problems())
        .containsExactly(
            "deliver-crm.camel.yaml:1: an item of the file has no key \"rote\". Did you "
                + "mean \"route\"?");
  }

  @Test
  void aKeyAtTheWrongPlaceIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "      uri: delivery:crm\n",
                    "      uri: delivery:crm\n      autoStartup: true\n")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:6: from has no key \"autoStartup\". There is "
                + "description, id, note, parameters, steps, uri, variableReceive");
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "            name: callback\n", "")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:17: setVariable lacks \"name\". Add \"name:\"",
            "deliver-crm.camel.yaml:23: no step of this route sets the variable \"callback\". Set it"
                + " before, by setVariable or variableReceive");
  }

  @Test
  void theShortFormOfAnExpressionIsRejected() {
    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml",
                    "jq:\n                expression: .type == \"lead.submitted\" or .type == \"lead.changed\"",
                    "jq: .source == \"crm\"")
                .problems())
        .containsExactly(
            "fan-out.camel.yaml:24: jq is written in Camel's short form. Write \"expression: .source =="
                + " \"crm\"\" on a line of its own below \"jq:\", as Kaoto does");
  }

  @Test
  void theShortFormOfAStepIsRejected() {
    assertThat(
            EditedFolder.with(
                    "handoff-enerflo.camel.yaml",
                    "to:\n            uri: kamelet:enerflo-hand-off-action",
                    "to: kamelet:enerflo-hand-off-action")
                .problems())
        .containsExactly(
            "handoff-enerflo.camel.yaml:12: to is written in Camel's short form. Write \"uri: "
                + "kamelet:enerflo-hand-off-action\" on a line of its own below \"to:\", as Kaoto does");
  }

  @Test
  void aWordThatAKeyCannotHaveIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "    id: deliver-crm\n",
                    "    id: deliver-crm\n    shutdownRoute: Later\n")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:3: shutdownRoute cannot be \"Later\". There is "
                + "Default, Defer");
  }

  @Test
  void aTextWhereTrueOrFalseBelongsIsRejected() {
    assertThat(
            EditedFolder.with(
                    "enrich-from-enerflo-note.camel.yaml", "doWhile: true", "doWhile: perhaps")
                .problems())
        .containsExactly(
            "enrich-from-enerflo-note.camel.yaml:14: doWhile is not true or false. Write true or "
                + "false");
  }

  @Test
  void aStepWithTwoNamesIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "        - bean:\n            ref: crmOutcomes",
                    "          bean:\n            ref: crmOutcomes")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:22: an item of steps has several keys: bean, to. "
                + "Begin each with \"- \" on a line of its own");
  }

  @Test
  void aKeyThatIsThereTwiceIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "            method: received",
                    "            method: received\n            method: received")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:28: \"method\" is there twice. Keep one of the two");
  }

  @Test
  void aKameletWithoutItsCatalogueMetadataIsRejected() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "    camel.apache.org/provider: \"Solar Relay\"\n",
                    "")
                .problems())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:6: annotations lacks "
                + "\"camel.apache.org/provider\". Add \"camel.apache.org/provider:\"");
  }

  @Test
  void aStepOfAKameletIsCheckedAsWell() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "- removeVariable:",
                    "- removeVariables:")
                .problems())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:57: an item of steps has no key "
                + "\"removeVariables\". Did you mean \"removeVariable\"?");
  }
}
