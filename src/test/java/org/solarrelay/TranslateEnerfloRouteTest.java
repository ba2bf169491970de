package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.sample;
import static org.solarrelay.Webhooks.translate;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.vendor.enerflo.webhook.EnerfloChangeOrderTranslator;
import org.solarrelay.vendor.enerflo.webhook.EnerfloDealTranslator;
import org.solarrelay.vendor.enerflo.webhook.EnerfloInstallStatuses;
import org.solarrelay.vendor.enerflo.webhook.EnerfloInstallTranslator;
import org.solarrelay.vendor.enerflo.webhook.EnerfloProgressTranslator;
import org.solarrelay.vendor.enerflo.webhook.EnerfloTranslator;

class TranslateEnerfloRouteTest {

  static CamelContext context;

  @BeforeAll
  static void start() {
    context =
        RouteFiles.start(
            enerfloTranslators(), new Properties(), "routes/translate-enerflo.camel.yaml");
  }

  /** The beans of translate-enerflo. */
  static Map<String, Object> enerfloTranslators() {
    return Map.of(
        "enerfloTranslator", new EnerfloTranslator(),
        "enerfloDealTranslator", new EnerfloDealTranslator(),
        "enerfloInstallTranslator",
            new EnerfloInstallTranslator(new EnerfloInstallStatuses(List.of("4=on-hold"))),
        "enerfloProgressTranslator", new EnerfloProgressTranslator(),
        "enerfloChangeOrderTranslator", new EnerfloChangeOrderTranslator());
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
  @CsvSource({
    "deal.projectSubmitted, project.submitted, 00000000-0000-4000-9000-000000000901",
    "deal.projectReceived, project.submitted, 00000000-0000-4000-9000-000000000901",
    "new_install, project.submitted, 901",
    "update_install, project.status-changed, 901",
    "project_milestone_updated, project.milestone-changed, 901",
    "new_install_note, project.note-added, 901",
    "signed_change_order, change-order.signed, 901"
  })
  void aWebhookAboutAProjectBecomesAnEvent(String event, String type, String subject)
      throws Exception {
    Translation translation = translate(context, sample("enerflo", event));

    assertThat(translation.ignored()).isNull();
    assertThat(translation.events())
        .singleElement()
        .satisfies(e -> assertThat(e.type()).isEqualTo(type))
        .satisfies(e -> assertThat(e.subject()).isEqualTo(subject));
  }

  @ParameterizedTest
  @CsvSource({"submit_install, project.submitted", "restore_install, project.status-changed"})
  void otherNamesOfAWebhookAboutAnInstallHaveTheSameType(String event, String type)
      throws Exception {
    Webhook webhook =
        enerflo("{'webhook_event':'%s','id':901,'customer_id':5,'status_id':4}".formatted(event));

    assertThat(translate(context, webhook).events()).extracting(Event::type).containsExactly(type);
  }

  @Test
  void aNewCustomerWithALaterUpdateIsAChange() throws Exception {
    String customer =
        "{'webhook_event':'new_customer','id':7,'email':'a@example.com','timestamps':"
            + "{'created_at':'2025-06-02 00:15:28','updated_at':'2025-06-02 00:#0:29'}}";

    assertThat(translate(context, enerflo(customer.replace('#', '3'))).events())
        .extracting(Event::type)
        .containsExactly("lead.changed");
    assertThat(translate(context, enerflo(customer.replace('#', '2'))).events())
        .extracting(Event::type)
        .containsExactly("lead.submitted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"new_note", "new_appointment", "delete_appointment", "complete_survey"})
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
        "design.created",
        "design-request.updated.design-team"
      })
  void aKnownEventOf2WithoutUseIsIgnored(String event) throws Exception {
    Translation translation = translate(context, enerflo("{'event':'" + event + "','payload':{}}"));

    assertThat(translation).isEqualTo(Translation.ignored(event + " is not used"));
  }

  @Test
  void anUnknownEventIsRejectedWithAdvice() {
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
