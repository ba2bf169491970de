package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JqCommandTest {

  private static final String CUSTOMER = "routes/samples/webhook-enerflo-new_customer.json";

  private final Terminal terminal = new Terminal();

  @Test
  void theDefaultInputIsTheSampleOfALead() {
    Terminal.Done done = terminal.relay("jq", ".type, .source");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out().lines()).first().isEqualTo("\"lead.submitted\"");
  }

  @Test
  void aSampleOfAWebhookHasTheFormOfTranslate() {
    Terminal.Done done = terminal.relay("jq", "keys, (.body | type)", CUSTOMER);

    assertThat(done.out().lines())
        .containsExactly(
            "[\"body\",\"event\",\"headers\",\"receipt\",\"source\",\"time\"]", "\"object\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '\'',
      textBlock =
          """
          (.type                > 1 > this jq cannot be read
          env                   > 1 > jq has no environment here: env. variable("name") reads
          .data.fullName | trim > 1 > there is no such jq function: trim/0
          repeat(.)             > 1 > the jq was stopped, it calls itself too often: more than 600 calls within
          """)
  void anInvalidExpressionIsExplained(String expression, int code, String problem) {
    Terminal.Done done = terminal.relay("jq", expression);

    assertThat(done.exitCode()).isEqualTo(code);
    assertThat(done.err()).contains(problem);
  }

  @Test
  void aMissingFileIsWrongUse() {
    assertThat(terminal.relay("jq", ".", "no-such-file.json").exitCode()).isEqualTo(2);
  }

  @Test
  void theCostOfAnEvaluationIsMeasured() {
    Terminal.Done done = terminal.relay("jq", "--cost", ".type == \"lead.submitted\"");

    assertThat(done.out().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .matches("[\\d.]+ µs an evaluation; compiled once in \\d+ µs \\(CPU time, Java .*\\)");
  }

  @Test
  void aFileAndAnIdCannotBeCombined() {
    assertThat(terminal.relay("jq", ".", CUSTOMER, "--id", "1").err())
        .contains("Name a file or an --id, not both");
    assertThat(terminal.relay("jq", ".", "--webhook").err()).contains("needs --id RECEIPT");
  }
}
