package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretRuleTest {

  @Test
  void aKeyInAHeaderIsRefused() {
    assertThat(
            EditedFolder.with(
                    "kamelets/enerflo-add-lead-sink.kamelet.yaml",
                    "expression: \"{{apiKey}}\"",
                    "expression: sesame")
                .problems())
        .containsExactly(
            "kamelets/enerflo-add-lead-sink.kamelet.yaml:57: this looks like a secret. "
                + "Read it from the environment: {{relay.destinations.<name>.api-key:}}; and "
                + "change the key, it has been in a file");
  }

  @Test
  void aTokenIsRefusedWhereverItStands() {
    assertThat(
            EditedFolder.with(
                    "enrich-from-enerflo.camel.yaml",
                    "simple:\n                expression: ${body}",
                    "constant:\n                expression: Bearer abcdefgh12345678")
                .problems())
        .containsExactly(
            "enrich-from-enerflo.camel.yaml:74: this looks like a secret. Read it from the "
                + "environment: {{relay.destinations.<name>.api-key:}}; and change the key, it "
                + "has been in a file");
  }

  @Test
  void aPasswordHasNoDefault() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "default: \"{{relay.destinations.crm.api-key:}}\"",
                    "default: hunter2")
                .problems())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:33: this looks like a secret. Read it "
                + "from the environment: {{relay.destinations.<name>.api-key:}}; and change the "
                + "key, it has been in a file");
  }

  @Test
  void aLongRandomTextIsRefused() {
    assertThat(
            EditedFolder.with(
                    "enrich-from-enerflo.camel.yaml",
                    "simple:\n                expression: ${body}",
                    "constant:\n                expression: q7Zr2Vx9Lk4Tn8Wb3Yd6")
                .problems())
        .containsExactly(
            "enrich-from-enerflo.camel.yaml:74: this looks like a secret. Read it from the "
                + "environment: {{relay.destinations.<name>.api-key:}}; and change the key, it "
                + "has been in a file");
  }
}
