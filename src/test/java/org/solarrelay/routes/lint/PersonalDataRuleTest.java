package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataRuleTest {

  private static final String LOG =
      """
      - log:
          message: |-
            Permit %s
      """;

  private static final String THROW =
      """
      - throwException:
          exceptionType: org.solarrelay.delivery.PermanentFailureException
          message: |-
            Permit %s
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${body}",
        "${bodyOneLine}",
        "${bodyAs(String)}",
        "${mandatoryBodyAs(String)}",
        "${headers}",
        "${exchange}",
        "${jq(.)}",
        "${jq(.data)}",
        "${jq(.data.email)}",
        "${jq(.data.address.street)}",
        "${header.email}",
        "${header.X-Phone}",
        "${header.firstName}",
        "${exception.responseBody}"
      })
  void dataOfPeopleIsInNoLogLineAndNoMessage(String function) {
    assertThat(places(LOG, function))
        .containsExactly(
            "consume-permits.camel.yaml:9:22: a log line would hold data of people: "
                + function
                + ". Write ${body.id} or ${body.subject}, by which the event is found, or set"
                + " loggingLevel: DEBUG");
    assertThat(places(THROW, function))
        .containsExactly(
            "consume-permits.camel.yaml:10:22: an exception's message would hold data of people: "
                + function
                + ". Write ${body.id} or ${body.subject}, by which the event is found");
    assertThat(places(LOG.replace("message:", "loggingLevel: DEBUG\n    message:"), function))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${body.id}",
        "${body.type} of ${body.source}",
        "${body.subject}",
        "${jq(.data.kind)}",
        "${jq(.data.milestone.name)}",
        "${header.permitId}",
        "${exchangeId} in ${routeId}",
        "${exception.message}",
        "no email"
      })
  void whatIdentifiesAnEventMayBeLogged(String text) {
    assertThat(places(LOG, text)).isEmpty();
    assertThat(places(THROW, text)).isEmpty();
  }

  private static List<String> places(String steps, String text) {
    return EditedFolder.withSteps(steps.formatted(text)).places();
  }
}
