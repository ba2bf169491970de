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
            "poll-flip.camel.yaml:9: nothing defines {{poll.period}}. There is "
                + "relay.consumers.enabled, relay.delivery.answer-limit, "
                + "relay.delivery.circuit-failures, relay.delivery.drain, "
                + "relay.delivery.in-flight, relay.delivery.lease, relay.delivery.longest-call, "
                + "relay.delivery.retry-budget, relay.delivery.retry-initial-delay, "
                + "relay.delivery.retry-max-delay, relay.destinations.*.api-key, "
                + "relay.destinations.*.calls-per-delivery, …");
  }
}
