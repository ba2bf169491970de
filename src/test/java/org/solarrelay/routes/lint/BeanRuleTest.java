package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeanRuleTest {

  @Test
  void aMisspeltBeanGetsASuggestion() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "ref: crmMapper", "ref: crmMaper")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:20: there is no bean \"crmMaper\". Did you mean "
                + "\"crmMapper\"?");
  }

  @Test
  void aNameOfAnEarlierVersionLeadsToThePresentOne() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "ref: crmOutcomes", "ref: crmAnswers")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:26: there is no bean \"crmAnswers\". Write crmOutcomes: "
                + "an earlier version had the other name");
  }

  @Test
  void aMisspeltMethodGetsASuggestion() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "method: received", "method: receivd")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:27: CrmOutcomes has no public method \"receivd\". Did "
                + "you mean \"received\"?");
  }

  @Test
  void aMethodIsGivenAsManyArgumentsAsItTakes() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "method: callback",
                    "method: callback(${body}, ${body})")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:21: callback of CrmMapper takes 1, not 2 arguments. "
                + "Give it as many, separated by commas");
  }

  @Test
  void textIsNotPutIntoACallWhereCamelWouldReadIt() {
    assertThat(
            EditedFolder.with(
                    "deliver-solarproof.camel.yaml",
                    "'${variable.customerId}'",
                    "${variable.customerId}")
                .problems())
        .containsExactly(
            "deliver-solarproof.camel.yaml:38: Camel does not pass the text of "
                + "${variable.customerId} to update unchanged: the text null becomes no value. "
                + "Annotate the parameter with @Variable, @Body or @Header and write "
                + "\"method: update\", or put the argument in quotes: '${variable.customerId}'");
  }

  @Test
  void textInQuotesReachesTheMethodUnchanged() {
    assertThat(
            EditedFolder.with(
                    "deliver-solarproof.camel.yaml",
                    "'${variable.customerId}'",
                    "\"${variable.customerId}\"")
                .problems())
        .isEmpty();
  }

  @Test
  void aProcessorIsNoMereBean() {
    assertThat(
            EditedFolder.with("intake-webhooks.camel.yaml", "ref: acceptWebhook", "ref: crmMapper")
                .problems())
        .containsExactly(
            "intake-webhooks.camel.yaml:35: \"crmMapper\" is a bean, not a processor. Call "
                + "it as \"bean:\" with \"ref:\" and \"method:\"");
  }

  @Test
  void aBeanInAnEndpointsOptionIsChecked() {
    assertThat(
            EditedFolder.with(
                    "intake-webhooks.camel.yaml", "#bean:callingThread", "#bean:calingThread")
                .problems())
        .containsExactly(
            "intake-webhooks.camel.yaml:31: there is no bean \"calingThread\". Did you "
                + "mean \"callingThread\"?");
  }

  @Test
  void aBeanInAnExpressionIsChecked() {
    assertThat(
            EditedFolder.with(
                    "translate-enerflo.camel.yaml",
                    "${bean:enerfloTranslator?method=isChange}",
                    "${bean:enerfloTranslator?method=isChanged}")
                .problems())
        .containsExactly(
            "translate-enerflo.camel.yaml:19: EnerfloTranslator has no public method "
                + "\"isChanged\". Did you mean \"isChange\"?");
  }

  /** Each row: the call, the offset of the mistake, and lint's message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "skipped('no permit'|7|the parenthesis is not closed. Write ) behind the last argument",
        "skipped('no permit|8|a quote is not closed. Close it by '",
        "skipped('it's over')|18|a quote is not closed. Close it by '",
        "skipped('${header.id')|9|${ is not closed. Close it by }, as in ${body}",
        "skipped('no permit'))|20|) follows the closed parenthesis. Remove it",
        "skipped('no permit') now|20|now follows the closed parenthesis. Remove it",
        "skipped('a',)|12|an argument is missing. Write it, or remove the comma",
        "skipped(,'a')|8|an argument is missing. Write it, or remove the comma",
        "skipped)|7|\")\" does not belong to a method's name. Write the name alone",
        "skipped no permit|7|\" \" does not belong to a method's name. Write the name alone",
        "skipped(no permit)|8|no permit is no value. Write 'no permit' for the text, ${…} for a",
        "skipped(header.id)|8|header.id is no value. Write ${header.id}",
        "skipped('a', 'b')|0|skipped of RouteOutcome takes 1, not 2 arguments. Give it as many",
        "skiped('a')|0|RouteOutcome has no public method \"skiped\". Did you mean \"skipped\"?"
      })
  void aCallThatCamelCannotReadSaysWhatToWrite(String call, int offset, String message) {
    String steps =
        """
        - bean:
            ref: routeOutcome
            method: |-
              %s
        """;
    assertThat(EditedFolder.withSteps(steps.formatted(call)).places())
        .singleElement()
        .asString()
        .startsWith("consume-permits.camel.yaml:10:%d: %s".formatted(15 + offset, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spend('enerflo', 'one')|17|argument 2 of spend is a number, not 'one'. Write a number, or",
        "spend('enerflo', true)|17|argument 2 of spend is a number, not true. Write a number, or",
        "spend('enerflo', null)|17|argument 2 of spend is a number, not null. Write a number, or",
        "spend('enerflo', 1)|-1|",
        "spend('enerflo', '1')|-1|",
        "spend('enerflo', ${header.calls})|-1|"
      })
  void anArgumentIsOfTheTypeThatTheMethodTakes(String call, int offset, String message) {
    String steps =
        """
        - bean:
            ref: callBudget
            method: |-
              %s
        """;
    List<String> places = EditedFolder.withSteps(steps.formatted(call)).places();
    if (offset < 0) {
      assertThat(places).isEmpty();
    } else {
      assertThat(places)
          .singleElement()
          .asString()
          .startsWith("consume-permits.camel.yaml:10:%d: %s".formatted(15 + offset, message));
    }
  }
}
