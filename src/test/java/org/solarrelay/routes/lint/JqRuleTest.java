package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JqRuleTest {

  @Test
  void anExpressionThatCannotBeReadIsNamed() {
    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml", ".type == \"lead.submitted\" or .type", "(.type")
                .problems())
        .containsExactly("fan-out.camel.yaml:14: a ( is not closed. Close it by )");
  }

  @Test
  void aLongTextIsReadToItsEnd() {
    String jq = ".type == \"lead.submitted\" or .data.note == \"%s\" or .type";

    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml",
                    ".type == \"lead.submitted\" or .type",
                    jq.formatted("x".repeat(20_000)))
                .problems())
        .isEmpty();
  }

  /** Each row: the expression, the offset of the mistake, and lint's message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        ".data.kind == 'x'; 14; jq has no single quotes. Write the text in double quotes: \"…\"",
        ".data.kind == “x”; 14; these are no quotes of jq. Write the text in plain quotes: \"…\"",
        ".data.kind == \"x; 14; a quote is not closed. Close it by \"",
        ".a == 1 && .b == 2; 8; jq has no &&. Write and",
        ".a == 1 || .b == 2; 8; jq has no ||. Write or",
        "!.data.dead; 0; jq has no !. Write | not behind the value: .data.email | not",
        "not .data.dead; 0; not stands behind its value in jq. Write .data.email | not",
        ".a == 1 and; 11; a value is missing at the end. Write it, or remove the operator",
        "(.a == 1 or .b == 2; 0; a ( is not closed. Close it by )",
        ".a == ([.b, .c]; 6; a ( is not closed. Close it by )",
        ".a == [.b, .c; 6; a [ is not closed. Close it by ]",
        "{a: {b: .c} == .d; 0; a { is not closed. Close it by }",
        ".a == 1); 7; ) closes nothing. Remove it",
        "\"a \\(.b is c: \\(.d) e\"; 3; \\( is not closed. Close it by ), as in \\(.data.note)",
        "{a: \"b \\(.c // \"the d\")}; 21; a quote is not closed. Close it by \"",
        "{crm.id: .a}; 1; the key crm.id has a sign that belongs to no name. Write \"crm.id\":",
        ".a | phone(\"Australia\"); 11; phone knows no country \"Australia\". Write its two"
            + " letters, as in phone(\"US\")",
        "if .a then .b; 13; an if is not closed. Write if .a then .b else .c end",
        "${body.type} == 1; 0; jq has no ${…}. Write a path such as .data.email, or",
        ".data.first name == 1; 12; jq cannot read \"name\" here. An operator such as |,",
        "{a: .b,, c: .d}; 7; no value stands in front of ,. Write it, or remove it",
        ".a | | .b; 5; no value stands in front of |. Write it, or remove it",
        ".a | test(\"\\d\"); 11; a backslash in a text begins an escape that jq does not have."
            + " Write it twice: \"\\\\d\"",
        ".data.kind = \"x\"; 11; = changes a field and compares nothing. Write ==",
        ".data.kind == $kind; 14; nothing sets $kind. Set it: . as $kind | …; a variable of the"
            + " route is variable(\"kind\")",
        ".data.zip | zp; 12; there is no such jq function: zp/0. Did you mean zip/0?",
        ".data.first-name == 1; 12; there is no such jq function: name/0. A field's name"
            + " with a hyphen stands in quotes: .\"first-name\"",
        ".type == lead.submitted; 9; there is no such jq function: lead/0. docs/jq.md lists the"
            + " functions; a text stands in double quotes: \"lead.submitted\"",
        ".type == lead; 9; there is no such jq function: lead/0. docs/jq.md lists the functions;"
            + " a text stands in double quotes: \"lead\""
      })
  void aMistakeSaysWhatToWrite(String jq, int offset, String message) {
    String steps =
        """
        - filter:
            expression:
              jq:
                expression: |-
                  %s
            steps:
              - to:
                  uri: topic:solar.leads
        """;
    assertThat(EditedFolder.withSteps(steps.formatted(jq)).places())
        .singleElement()
        .asString()
        .startsWith("consume-permits.camel.yaml:11:%d: %s".formatted(19 + offset, message));
  }

  @Test
  void aMistakeInASecondLineIsAtItsOwnLineAndColumn() {
    String steps =
        """
        - setBody:
            expression:
              jq:
                expression: >-
                  {type: "lead.submitted",
                   data: {email: .email,, phone: .phone}}
        """;
    assertThat(EditedFolder.withSteps(steps).places())
        .containsExactly(
            "consume-permits.camel.yaml:12:41: no value stands in front of ,. Write it, or remove"
                + " it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          env.HOME == "x"  > jq has no environment here: env. variable("name") reads a variable of the route
          $ENV.HOME == "x" > jq has no environment here: $ENV. variable("name") reads a variable of the route
          input.a == "x"   > jq has no further input here: input. The body is the only input: .
          .data.zip | zp        > there is no such jq function: zp/0. Did you mean zip/0?
          """)
  void anExpressionThatReachesBeyondTheMessageIsRejected(String expression, String problem) {
    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml",
                    ".type == \"lead.submitted\" or .type",
                    expression + " or .type")
                .problems())
        .containsExactly("fan-out.camel.yaml:14: " + problem);
  }

  @Test
  void jqWithinATextIsReadAsWell() {
    String steps =
        """
        - setHeader:
            name: X-Ref
            expression:
              simple:
                expression: a-${jq(.data.zip | zp)}-${jq(.data.zip | zip)}
        - setHeader:
            name: X-Ref
            expression:
              simple:
                expression: a-${jq(.data.kind == 'x')}
        - toD:
            uri: https://api.acme.example/v2/${jq(.data.id | record_id)}
            parameters:
              httpMethod: POST
        """;
    assertThat(EditedFolder.withSteps(steps).places())
        .containsExactly(
            "consume-permits.camel.yaml:11:48: there is no such jq function: zp/0. Did you mean"
                + " zip/0?",
            "consume-permits.camel.yaml:16:50: jq has no single quotes. Write the text in double"
                + " quotes: \"…\"",
            "consume-permits.camel.yaml:18:62: there is no such jq function: record_id/0."
                + " docs/jq.md lists the functions; a text stands in double quotes: \"record_id\"");
  }

  @Test
  void theFunctionsOfTheNormalisationAreKnown() {
    assertThat(
            EditedFolder.with(
                    "fan-out.camel.yaml",
                    ".type == \"lead.submitted\" or .type",
                    "(.data.phone | phone(\"US\")) == null or .type")
                .problems())
        .isEmpty();
  }

  @Test
  void anEventTypeThatFanOutMisspellsGetsASuggestion() {
    assertThat(
            EditedFolder.with("fan-out.camel.yaml", "\"lead.submitted\"", "\"lead.submited\"")
                .problems())
        .containsExactly(
            "fan-out.camel.yaml:14: there is no event type \"lead.submited\". Did you mean"
                + " \"lead.submitted\"?");
  }

  @Test
  void aCustomEventTypeIsKnown() {
    assertThat(
            EditedFolder.with(
                    "schemas/permit.issued.schema.json", "{\"x-topic\":\"solar.projects\"}")
                .and("fan-out.camel.yaml", "\"lead.submitted\"", "\"permit.issued\"")
                .problems())
        .noneMatch(problem -> problem.contains("event type"));
  }

  @Test
  void aDestinationWithoutARouteGetsASuggestion() {
    assertThat(
            EditedFolder.with("fan-out.camel.yaml", "uri: delivery:flip", "uri: delivery:flp")
                .problems())
        .anyMatch(
            problem -> problem.contains("no route begins at delivery:flp. Did you mean \"flip\"?"));
  }
}
