package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KameletUseRuleTest {

  @Test
  void aMisspeltKameletGetsASuggestion() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "kamelet:crm-callback-sink",
                    "kamelet:crm-calback-sink")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:23: there is no "
                + "kamelets/crm-calback-sink.kamelet.yaml. Did you mean \"crm-callback-sink\"?");
  }

  @Test
  void aPropertyThatTheKameletHasNotIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "uri: kamelet:crm-callback-sink",
                    "uri: kamelet:crm-callback-sink\n            parameters:\n              urll: "
                        + "\"{{relay.destinations.crm.url}}\"")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:25: crm-callback-sink has no property \"urll\". Did "
                + "you mean \"url\"?");
  }

  @Test
  void aParameterThatNamesAnotherKameletThanTheUriIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "uri: kamelet:crm-callback-sink",
                    "uri: kamelet:crm-callback-sink\n            parameters:\n"
                        + "              templateId: enerflo-add-note-sink")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:25: crm-callback-sink has no property \"templateId\". "
                + "There is secret, url");
  }

  @Test
  void aPropertyThatTheKameletNeedsIsAskedFor() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "    properties:\n",
                    "    required:\n      - tone\n    properties:\n      tone:\n        title: "
                        + "Tone\n        description: How loud\n        type: string\n")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:23: crm-callback-sink needs the property \"tone\". Add "
                + "\"tone:\" to the parameters");
  }
}
