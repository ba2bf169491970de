package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AvailableRuleTest {

  @Test
  void aComponentThatIsNotInTheProgramIsRejected() {
    assertThat(
            EditedFolder.with(
                    "poll-flip.camel.yaml", "uri: timer:poll-flip", "uri: quartz:poll-flip")
                .problems())
        .containsExactly(
            "poll-flip.camel.yaml:7: this program has no component \"quartz\". Routes here "
                + "use direct, topic, delivery, kamelet, timer, kafka, platform-http, http and "
                + "https, kamelets vertx-http too; another needs a dependency in pom.xml");
  }

  @Test
  void aMisspeltComponentGetsASuggestion() {
    assertThat(
            EditedFolder.with("poll-flip.camel.yaml", "uri: timer:poll-flip", "uri: timr:poll-flip")
                .problems())
        .containsExactly(
            "poll-flip.camel.yaml:7: this program has no component \"timr\". Did you mean"
                + " \"timer\"?");
  }

  @Test
  void aLanguageThatIsNotInTheProgramIsRejected() {
    assertThat(
            EditedFolder.with(
                    "enrich-from-enerflo.camel.yaml",
                    "simple:\n                expression: ${body}",
                    "groovy:\n                expression: body")
                .problems())
        .containsExactly(
            "enrich-from-enerflo.camel.yaml:74: this program has no language \"groovy\". Use "
                + "another, or let a bean do it; a new one needs a dependency in pom.xml");
  }

  @Test
  void aDataFormatThatIsNotInTheProgramIsRejected() {
    assertThat(
            EditedFolder.with(
                    "subscribe-solarproof.camel.yaml",
                    "json:\n              library: Jackson",
                    "yaml:\n              library: SnakeYAML")
                .problems())
        .containsExactly(
            "subscribe-solarproof.camel.yaml:8: this program has no data format \"yaml\". "
                + "Use another, or let a bean do it; a new one needs a dependency in pom.xml");
  }
}
