package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassRuleTest {

  @Test
  void anExceptionThatDoesNotExistIsRejected() {
    assertThat(
            EditedFolder.with("poll-flip.camel.yaml", "java.lang.Exception", "java.lang.Excepton")
                .problems())
        .containsExactly(
            "poll-flip.camel.yaml:63: there is no class "
                + "java.lang.Excepton. Did you mean java.lang.Exception?");
  }

  @Test
  void aTypeThatDoesNotExistIsRejected() {
    assertThat(
            EditedFolder.with(
                    "translate-flip.camel.yaml",
                    "beanType: org.solarrelay.event.Translation",
                    "beanType: org.solarrelay.event.Translations")
                .problems())
        .containsExactly(
            "translate-flip.camel.yaml:32: there is no class "
                + "org.solarrelay.event.Translations. Write its whole name with the package, as "
                + "in java.io.IOException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "IOException; 9:28: there is no class IOException. Did you mean java.io.IOException?",
        "PermanentFailureException; 9:28: there is no class PermanentFailureException. Did you mean"
            + " org.solarrelay.delivery.PermanentFailureException?",
        "org.solarrelay.PermanentFailureException; 9:28: there is no class"
            + " org.solarrelay.PermanentFailureException. Did you mean"
            + " org.solarrelay.delivery.PermanentFailureException?",
        "org.solarrelay.delivery.RefusedException; 9:28: there is no class"
            + " org.solarrelay.delivery.RefusedException. Write"
            + " org.solarrelay.delivery.PermanentFailureException: an earlier version",
        "java.lang.String; 9:28: java.lang.String is no exception. Write one, such as"
            + " org.solarrelay.delivery.PermanentFailureException",
        "java.net.http.HttpTimeoutExeption; 9:28: there is no class"
            + " java.net.http.HttpTimeoutExeption. Write its whole name",
        "org.apache.camel.http.base.HttpOperationFailedException; 9:28:"
            + " org.apache.camel.http.base.HttpOperationFailedException cannot be thrown with a"
            + " message alone. Write org.solarrelay.delivery.PermanentFailureException",
        "org.solarrelay.delivery.PermanentFailureException; ",
        "java.lang.IllegalStateException; "
      })
  void anExceptionThatIsThrownTakesAMessage(String type, String problem) {
    String steps =
        """
        - throwException:
            message: No permit
            exceptionType: %s
        """;
    expect(steps.formatted(type), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "org.solarrelay.event.Leed; 10:30: there is no class org.solarrelay.event.Leed. Write its"
            + " whole name",
        "java.lang.CharSequence; 10:30: no java.lang.CharSequence can be made of a body. Leave"
            + " unmarshalType out",
        "java.io.IOException; 10:30: no java.io.IOException can be made of a body. Leave",
        "org.solarrelay.event.Lead; ",
        "java.util.Map; ",
        "com.fasterxml.jackson.databind.JsonNode; "
      })
  void aBodyIsReadAsATypeThatJsonCanBe(String type, String problem) {
    String steps =
        """
        - unmarshal:
            json:
              library: Jackson
              unmarshalType: %s
        """;
    expect(steps.formatted(type), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Strin; 8:19: there is no class Strin. Write its whole name with the package",
        "org.solarrelay.Lead; 8:19: there is no class org.solarrelay.Lead. Write its whole name",
        "String; ",
        "byte[]; ",
        "java.io.InputStream; "
      })
  void aBodyIsConvertedToATypeThatExists(String type, String problem) {
    expect("- convertBodyTo:\n    type: %s\n".formatted(type), problem);
  }

  private static void expect(String steps, String problem) {
    List<String> places = EditedFolder.withSteps(steps).places();
    if (problem == null) {
      assertThat(places).isEmpty();
    } else {
      assertThat(places)
          .singleElement()
          .asString()
          .startsWith("consume-permits.camel.yaml:" + problem);
    }
  }
}
