package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyBranchRuleTest {

  private static final String IF = "expression: {jq: {expression: .id == null}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter: {IF}",
        "filter: {IF, steps: []}",
        "choice: {when: [{IF, steps: [{stop: {}}]}, {IF}]}",
        "choice: {when: [{IF, steps: [{stop: {}}]}], otherwise: {steps: []}}",
        "loop: {expression: {constant: {expression: '2'}}}",
        "doTry: {steps: [{stop: {}}], doCatch: [{exception: [java.io.IOException]}]}"
      })
  void aStepThatContainsOthersContainsOne(String step) {
    assertThat(problems(step))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .matches("this (filter|when|otherwise|loop|doCatch) has no steps.*"));
  }

  @Test
  void aBranchWithStepsIsFine() {
    assertThat(problems("filter: {IF, steps: [{stop: {}}]}")).isEmpty();
  }

  private static List<Problem> problems(String step) {
    String route =
        """
        - route:
            id: enrich-acme
            description: Steps with steps
            from:
              uri: direct:enrich-acme
              steps:
                - %s
        """
            .formatted(step.replace("IF", IF));
    return EditedFolder.with("enrich-acme.camel.yaml", route).found();
  }
}
