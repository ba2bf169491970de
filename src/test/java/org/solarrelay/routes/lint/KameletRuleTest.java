package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KameletRuleTest {

  @Test
  void aKameletIsCalledAsItsFile() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "name: crm-callback-sink",
                    "name: crm-call-sink")
                .problems())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:4: the kamelet is not called as its "
                + "file. Call it \"crm-callback-sink\", or rename the file");
  }

  @Test
  void aKameletsNameEndsInItsType() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "kamelet.type: sink",
                    "kamelet.type: action")
                .problems())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:4: \"crm-callback-sink\" is no name "
                + "for a kamelet of type action. Call it and its file "
                + "<system>-<verb>-<noun>-action");
  }

  @Test
  void aKameletBeginsWithoutTheMessagesHeaders() {
    assertThat(
            EditedFolder.with(
                    "kamelets/flip-create-group-action.kamelet.yaml",
                    "pattern: \"*\"",
                    "pattern: \"X-*\"")
                .problems())
        .containsExactly(
            "kamelets/flip-create-group-action.kamelet.yaml:46: the kamelet does not begin "
                + "by removing all headers: what the message brings would leave with the call. "
                + "Add \"- removeHeaders:\" with \"pattern: '*'\" there");
  }
}
