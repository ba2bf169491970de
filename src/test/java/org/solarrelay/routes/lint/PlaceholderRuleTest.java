package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceholderRuleTest {

  @Test
  void aPropertyOfTheRelayIsSpeltAsItIs() {
    assertThat(
            EditedFolder.with(
                    "kamelets/enerflo-add-lead-sink.kamelet.yaml",
                    "relay.enerflo.partner:partner",
                    "relay.enerflo.partnr:partner")
                .problems())
        .containsExactly(
            "kamelets/enerflo-add-lead-sink.kamelet.yaml:39: nothing defines "
                + "{{relay.enerflo.partnr}}. Did you mean \"relay.enerflo.partner\"?");
  }

  @Test
  void aKameletsPropertyIsSpeltAsItIs() {
    assertThat(
            EditedFolder.with("kamelets/enerflo-add-lead-sink.kamelet.yaml", "{{url}}", "{{urll}}")
                .problems())
        .containsExactly(
            "kamelets/enerflo-add-lead-sink.kamelet.yaml:72: nothing defines {{urll}}. Did "
                + "you mean \"url\"?");
  }

  @Test
  void anotherPropertyIsDefinedSomewhere() {
    assertThat(
            EditedFolder.with("poll-flip.camel.yaml", "period: 1000", "period: \"{{poll.period}}\"")
                .problems())
        .containsExactly(
            "poll-flip.camel.yaml:9: nothing defines {{poll.period}}. Set it in the environment, or"
                + " give it a default: {{poll.period:default}}");
  }
}
