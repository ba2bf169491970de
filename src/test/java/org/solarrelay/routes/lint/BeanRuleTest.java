package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeanRuleTest {

  @Test
  void aMisspeltBeanIsNamedWithTheOneThatWasMeant() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "ref: crmMapper", "ref: crmMaper")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:20: there is no bean \"crmMaper\". Did you mean "
                + "\"crmMapper\"?");
  }

  @Test
  void aMisspeltMethodIsNamedWithTheOneThatWasMeant() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "method: received", "method: receivd")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:27: CrmAnswers has no public method \"receivd\". Did "
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
            "deliver-solarproof.camel.yaml:37: Camel does not hand the text of "
                + "${variable.customerId} to update as it is: the text null becomes no value. "
                + "Annotate the parameter with @Variable, @Body or @Header and write "
                + "\"method: update\", or put the argument in quotes: '${variable.customerId}'");
  }

  @Test
  void textInQuotesReachesTheMethodAsItIs() {
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
            "intake-webhooks.camel.yaml:34: \"crmMapper\" is a bean, not a processor. Call "
                + "it as \"bean:\" with \"ref:\" and \"method:\"");
  }

  @Test
  void aBeanInAnEndpointsOptionIsLookedFor() {
    assertThat(
            EditedFolder.with(
                    "intake-webhooks.camel.yaml", "#bean:callingThread", "#bean:calingThread")
                .problems())
        .containsExactly(
            "intake-webhooks.camel.yaml:30: there is no bean \"calingThread\". Did you "
                + "mean \"callingThread\"?");
  }

  @Test
  void aBeanInAnExpressionIsLookedFor() {
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
}
