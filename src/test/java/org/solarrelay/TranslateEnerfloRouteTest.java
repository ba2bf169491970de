package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.sample;
import static org.solarrelay.Webhooks.translate;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.enerflo.EnerfloTranslator;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

class TranslateEnerfloRouteTest {

  static CamelContext context;

  @BeforeAll
  static void start() {
    context =
        RouteFiles.start(
            Map.of("enerfloTranslator", new EnerfloTranslator()),
            new Properties(),
            "routes/translate-enerflo.camel.yaml");
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "new_customer, lead.submitted",
    "update_customer, lead.changed",
    "customer.created, lead.submitted",
    "customer.updated.v2, lead.changed"
  })
  void aCustomerBecomesALead(String event, String type) throws Exception {
    Translation translation = translate(context, sample("enerflo", event));

    assertThat(translation.ignored()).isNull();
    assertThat(translation.events())
        .singleElement()
        .satisfies(e -> assertThat(e.type()).isEqualTo(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new_note",
        "new_appointment",
        "delete_appointment",
        "complete_survey",
        "new_install",
        "update_install",
        "project_milestone_updated",
        "signed_change_order"
      })
  void aKnownEventOf1WithoutUseIsIgnored(String event) throws Exception {
    Translation translation =
        translate(context, enerflo("{'webhook_event':'" + event + "','id':1}"));

    assertThat(translation).isEqualTo(Translation.ignored(event + " is not used"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.updated",
        "deal.created",
        "deal.updated.v2",
        "deal.projectSubmitted",
        "deal.projectReceived",
        "design.created",
        "design-request.updated.design-team"
      })
  void aKnownEventOf2WithoutUseIsIgnored(String event) throws Exception {
    Translation translation = translate(context, enerflo("{'event':'" + event + "','payload':{}}"));

    assertThat(translation).isEqualTo(Translation.ignored(event + " is not used"));
  }

  @Test
  void anUnknownEventSaysWhereToAddIt() {
    assertThatThrownBy(() -> translate(context, enerflo("{'webhook_event':'new_battery','id':1}")))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage(
            "unknown Enerflo event 'new_battery'; add it to routes/translate-enerflo.camel.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':1}",
        "{'webhook_event':null}",
        "{'webhook_event':'','event':' '}",
        "{'event':'${exchangeId}'}",
        "{'event':{'name':'customer.created'}}"
      })
  void aWebhookWithoutAnEventNameIsInvalid(String json) {
    assertThatThrownBy(() -> translate(context, enerflo(json)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("Enerflo's webhook names no event: neither webhook_event nor event");
  }

  private static Webhook enerflo(String json) {
    return body("enerflo", json);
  }
}
