package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorHandlerRuleTest {

  @Test
  void theBlockOfEarlierRouteFilesIsRejected() {
    assertThat(withRouteKey("errorHandler:\n      noErrorHandler: {}").problems())
        .containsExactly(
            "deliver-crm.camel.yaml:4: a route file has no errorHandler: events would be lost or"
                + " delivered twice. Remove it: a route hands its exception to its caller, which"
                + " retries the delivery or writes the dead letter. To end a delivery for good, use"
                + " throwException with org.solarrelay.delivery.PermanentFailureException; to go on after a"
                + " failure, use doTry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "errorHandler:\n      defaultErrorHandler:\n        redeliveryPolicy:\n"
            + "          maximumRedeliveries: 5",
        "errorHandler:\n      deadLetterChannel:\n        deadLetterUri: direct:dead",
        "routeConfigurationId: dead-letter"
      })
  void redeliveryIsRejected(String block) {
    assertThat(withRouteKey(block).problems())
        .anyMatch(problem -> problem.startsWith("deliver-crm.camel.yaml:4: a route file has no "));
  }

  @Test
  void aKameletHasNoneEither() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "    from:\n",
                    "    errorHandler:\n      noErrorHandler: {}\n    from:\n")
                .problems())
        .anyMatch(problem -> problem.contains("a route file has no errorHandler"));
  }

  private static EditedFolder withRouteKey(String block) {
    return EditedFolder.with(
        "deliver-crm.camel.yaml", "    from:\n", "    %s\n    from:\n".formatted(block));
  }
}
