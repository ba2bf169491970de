package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderRuleTest {

  @Test
  void aPropertyOfTheRelayIsSpeltCorrectly() {
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
  void aKameletsPropertyIsSpeltCorrectly() {
    assertThat(
            EditedFolder.with("kamelets/enerflo-add-lead-sink.kamelet.yaml", "{{url}}", "{{urll}}")
                .problems())
        .containsExactly(
            "kamelets/enerflo-add-lead-sink.kamelet.yaml:72: nothing defines {{urll}}. Did "
                + "you mean \"url\"?");
  }

  @Test
  void aDestinationIsSpeltCorrectlyEvenWithADefault() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "{{relay.destinations.crm.url:",
                    "{{relay.destinations.crn.url:")
                .problems())
        .singleElement()
        .asString()
        .contains("there is no destination crn.")
        .contains("Did you mean \"crm\"?");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"{{secret}\"|11:30: {{ is not closed by two braces. Write {{secret}}",
        "\"x {{secret\"|11:32: {{ is not closed by two braces. Write {{secret}}",
        "\"{{a {{relay.routes-dir}}\"|11:30: {{ is not closed by two braces. Write {{a}}",
        "\"{relay.routes-dir}}\"|11:29: {relay.routes-dir}} is a text, no placeholder. Write"
            + " \"{{relay.routes-dir}}\"",
        "'{relay.routes-dir}'|11:29: {relay.routes-dir} is a text, no placeholder. Write"
            + " \"{{relay.routes-dir}}\"",
        "\"{{ relay.routes-dir }}\"|11:30: {{ relay.routes-dir }} holds spaces, which belong to the"
            + " name. Write {{relay.routes-dir}}",
        "\"${{relay.routes-dir}}\"|11:30: a placeholder has no $ in front of it. Write"
            + " {{relay.routes-dir}}",
        "\"{{relay.routes-dri}}\"|11:30: nothing defines {{relay.routes-dri}}. Did you mean"
            + " \"relay.routes-dir\"?",
        "\"{{env:ENERFLO_URLL:}}\"|11:30: the program knows no variable ENERFLO_URLL. Did you mean"
            + " {{env:ENERFLO_URL}}?",
        "\"x{{env:CRM_WEBHOK_URL}}\"|11:31: the program knows no variable CRM_WEBHOK_URL. Did you"
            + " mean {{env:CRM_WEBHOOK_URL}}?",
        "\"{{env:}}\"|11:30: \"\" is no name of a variable. Write {{env:NAME}} or",
        "\"{{env:MY-URL}}\"|11:30: \"MY-URL\" is no name of a variable. Write {{env:NAME}} or"
      })
  void aPlaceholderWithAMistakeSaysWhatToWrite(String text, String problem) {
    assertThat(places(text))
        .singleElement()
        .asString()
        .startsWith("consume-permits.camel.yaml:" + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"{{env:SLACK_CHANNEL:}}\"",
        "\"{{env:ENERFLO_URL}}\"",
        "\"{{relay.routes-dir}}/x\"",
        "\"{{?my.setting}}\"",
        "\"{{my.setting:a}}\"",
        "'{\"a\": {\"b\": 1}}'",
        "'{name}'",
        "'{}'"
      })
  void aCustomPlaceholderAndJsonAreAccepted(String text) {
    assertThat(places(text)).isEmpty();
  }

  private static List<String> places(String text) {
    String steps =
        """
        - setHeader:
            name: x
            expression:
              constant:
                expression: %s
        """;
    return EditedFolder.withSteps(steps.formatted(text)).places();
  }
}
