package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row: the expression, the offset of the mistake, and lint's message. */
class SimpleRuleTest {

  private static final String PREDICATE =
      """
      - filter:
          expression:
            simple:
              expression: |-
                %s
          steps:
            - to:
                uri: topic:solar.leads
      """;

  private static final String MESSAGE =
      """
      - log:
          loggingLevel: DEBUG
          message: |-
            %s
      """;

  @Test
  void argumentsOfACallPropertiesOfAKameletAndUrisAreSimpleToo() {
    assertThat(
            EditedFolder.with(
                    "deliver-flip-change.camel.yaml",
                    "method: milestone",
                    "method: milestoneAlso(${bdy}, 'Installation')")
                .problems())
        .singleElement()
        .asString()
        .contains("simple has no function \"bdy\". Did you mean \"body\"?");
    assertThat(
            EditedFolder.with(
                    "deliver-enerflo-notes.camel.yaml",
                    "${variable.install.id}",
                    "${varible.install.id}")
                .problems())
        .singleElement()
        .asString()
        .contains("simple has no function \"varible.install.id\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${body.type == 'x'|0|${ is not closed. Close it by }, as in ${body.type}",
        "${a} == 'x' && ${body.type == 'x'|15|${ is not closed.",
        "${body.id} == 'x' && ${body.type == 'x'|21|${ is not closed.",
        "${body.type} == 'x|16|a quote is not closed. Close it by '",
        "${body.type} == \"x|16|a quote is not closed. Close it by \"",
        "${bodie.type} == 'x'|0|simple has no function \"bodie.type\". Did you mean \"body\"?",
        "${body.id} == 'x' && ${hedaer.y} == 'y'|21|simple has no function \"hedaer.y\". Did you"
            + " mean \"header\"?",
        "${ body.type } == 'x'|0|simple has no function \" body.type \". Write it without spaces:"
            + " ${body.type}",
        "${.data.kind} == 'x'|0|simple has no function \".data.kind\". Write ${jq(.data.kind)}",
        "${jq:.data.kind} == 'x'|0|simple has no function \"jq:.data.kind\". Write"
            + " ${jq(.data.kind)}",
        "${variable} == 'x'|0|${variable} names nothing. Write ${variable.name}",
        "${header.} == 'x'|0|${header.} names nothing. Write ${header.name}",
        "${} == 'x'|0|${} names nothing. Name what it reads, as in ${body}",
        "${body.type == 'x'}|0|the comparison stands within ${…}, where it is read as a name."
            + " Close ${ before it: ${body.type} == 'x'",
        "${body.type} = 'x'|13|simple has no operator \"=\". Write ==",
        "${body.type} === 'x'|13|simple has no operator \"===\". Write ==",
        "${body.type} eq 'x'|13|simple has no operator \"eq\". Write ==",
        "${body.type} contain 'x'|13|simple has no operator \"contain\". Did you mean"
            + " \"contains\"?",
        "${body.type}== 'x'|12|== has no space on both sides. Write a space before and behind it",
        "${body.type} =='x'|13|== has no space on both sides. Write a space before and behind it",
        "${body.type} ==|13|nothing follows ==. Write the value to compare with",
        "${body.type} == 'x' &&|20|nothing follows &&. Write the value to compare with",
        "${body.type} == 'x' and ${body.id} == 'y'|20|simple has no operator \"and\". Write &&",
        "${body.type} == 'x' or ${body.id} == 'y'|20|simple has no operator \"or\". Write ``",
        "${body.type} == 'x' & ${body.id} == 'y'|20|simple has no operator \"&\". Write &&",
        "${body.type} == lead.submitted|16|lead.submitted stands without quotes behind ==. Write"
            + " 'lead.submitted'",
        "${body.type} == ‘x’|16|‘x’ stands without quotes behind ==. Write 'x'",
        "${body.type} in 'a','b'|19|a space is missing. Write an operator between two spaces, and"
            + " a list in one pair of quotes: 'a,b'",
        ".data.kind == 'x'|0|this is jq, not simple. Write it below \"jq:\" in place of"
            + " \"simple:\"",
        "body.type == 'x'|0|\"body.type\" is a text, no value of the message. Write ${body.type}",
        "#{body.type} == 'x'|0|\"#{body.type}\" is a text, no value of the message. Write"
            + " ${body.type}",
        "$ {body.type} == 'x'|0|\"$\" is a text, no value of the message. Write ${…}",
        "not ${header.x}|0|simple has no \"not\". Write ${…} == false, or use jq: .a",
        "!${header.x}|0|simple has no \"not\". Write ${…} == false, or use jq: .a",
        "(${body.id} == 'x') && (${body.type} == 'y')|0|simple has no parentheses. Use jq:",
        "${body.type}} == 'x'|12|there is a } too many. Remove it",
        "commercial|0|the condition is always the same: it reads no value of the message.",
        "${header[x} == 1|0|${header[x} is not complete. Write it as ${header.name[key]}"
      })
  void aConditionThatCannotBeReadSaysWhatToWrite(String text, int offset, String message) {
    assertThat(places(PREDICATE, text))
        .singleElement()
        .asString()
        .startsWith(
            "consume-permits.camel.yaml:11:%d: %s"
                .formatted(19 + offset, message.replace("``", "||")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Permit ${header.id of ${header.city}|7|${ is not closed.",
        "Permit ${date:nw:yyyy}|7|${date:nw:yyyy} is no date. Write ${date:now:yyyy-MM-dd}",
        "Permit ${date:now:yyyy-QQZZ}|7|\"yyyy-QQZZ\" is no pattern of a date. Write it as in",
        "Permit ${bodyAs(Event)}|7|there is no class Event. Write its whole name",
        "Permit ${random()}|7|${random()} is not complete. Write it as ${random(min,max)}",
        "Permit ${jsonpath($.x)}|9|this program has no language \"jsonpath\". Use jq:"
      })
  void aTextThatCannotBeReadSaysWhatToWrite(String text, int offset, String message) {
    assertThat(places(MESSAGE, text))
        .singleElement()
        .asString()
        .startsWith("consume-permits.camel.yaml:10:%d: %s".formatted(15 + offset, message));
  }

  @Test
  void aMistakeInAFoldedTextIsAtItsOwnLineAndColumn() {
    String steps =
        """
        - filter:
            expression:
              simple:
                expression: >-
                  ${header.x} == 'x'
                  && ${header.y} == 'it{{relay.x:}}'
                    && ${heder.z} == 'z'
            steps:
              - to:
                  uri: topic:solar.leads
        """;
    assertThat(EditedFolder.withSteps(steps).places())
        .contains(
            "consume-permits.camel.yaml:13:24: simple has no function \"heder.z\". Did you mean"
                + " \"header\"?");
  }

  private static List<String> places(String steps, String text) {
    return EditedFolder.withSteps(steps.formatted(text)).places();
  }
}
