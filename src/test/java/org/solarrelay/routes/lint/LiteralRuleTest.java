package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "constant; ${body}; 11:29: constant is not evaluated: ${body} stays as it stands here. Write"
            + " simple: in place of constant:",
        "constant; Permit ${header.id}; 11:36: constant is not evaluated: ${header.id} stays as it"
            + " stands here. Write simple: in place of constant:",
        "constant; Permit ${header.id; 11:36: constant is not evaluated: ${header.id stays as it"
            + " stands here. Write simple: in place of constant:",
        "constant; '''#{header.id}'''; 11:30: constant is not evaluated: #{header.id} stays as it stands"
            + " here. Write simple: in place of constant:",
        "constant; .data.email; 11:29: constant is not evaluated: .data.email stays as it stands"
            + " here. Write jq: in place of constant:",
        "header; ${header.id}; 11:29: header takes a name alone. Write \"expression: id\", or use"
            + " simple: in place of header:",
        "exchangeProperty; ${x}; 11:29: exchangeProperty takes a name alone. Write \"expression:"
            + " x\", or use simple: in place of exchangeProperty:",
        "constant; Permit; ",
        "constant; $.data; ",
        "constant; 100 %; ",
        "header; id; "
      })
  void aTextThatIsNotEvaluatedHoldsNoExpression(String language, String text, String problem) {
    String steps =
        """
        - setHeader:
            name: id
            expression:
              %s:
                expression: %s
        """;
    List<String> places = EditedFolder.withSteps(steps.formatted(language, text)).places();
    if (problem == null) {
      assertThat(places).isEmpty();
    } else {
      assertThat(places).containsExactly("consume-permits.camel.yaml:" + problem);
    }
  }
}
