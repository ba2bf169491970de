package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.Webhooks.RECEIPT;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sample;
import static org.solarrelay.Webhooks.sampleJson;
import static org.solarrelay.Webhooks.translate;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.Event;
import org.solarrelay.event.Webhook;
import org.solarrelay.vendor.crm.LeadsTranslator;

class TranslateLeadsRouteTest {

  static CamelContext context;

  @BeforeAll
  static void start() {
    context =
        RouteFiles.start(
            Map.of("leadsTranslator", new LeadsTranslator()),
            new Properties(),
            "routes/translate-leads.camel.yaml");
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @Test
  void plainDataIsALeadFromTheWeb() throws Exception {
    Event event = only(sample("leads", "lead.submitted"));

    assertThat(event.source()).isEqualTo("web");
    assertThat(event.type()).isEqualTo("lead.submitted");
    assertThat(event.id()).isEqualTo(RECEIPT);
  }

  @Test
  void aBodyWithASpecversionIsACloudEvent() throws Exception {
    assertThat(only(sample("leads", "lead.qualified")).type()).isEqualTo("lead.qualified");
  }

  @Test
  void theContentTypeMakesACloudEvent() throws Exception {
    Webhook webhook =
        Webhooks.of(
            "leads",
            null,
            Map.of("content-type", "Application/CloudEvents+JSON; charset=utf-8"),
            sampleJson("leads", "lead.qualified"));

    assertThat(only(webhook).source()).isEqualTo("crm");
  }

  @Test
  void headersMakeACloudEvent() throws Exception {
    Webhook webhook =
        Webhooks.of(
            "leads",
            null,
            Map.of("ce-id", "e-1", "ce-type", "lead.changed", "ce-source", "crm"),
            json("{'id':'lead-88','email':'theo.okafor@example.com'}"));

    assertThat(only(webhook))
        .satisfies(
            event -> {
              assertThat(event.id()).isEqualTo("e-1");
              assertThat(event.type()).isEqualTo("lead.changed");
            });
  }

  private static Event only(Webhook webhook) throws Exception {
    return assertThat(translate(context, webhook).events()).singleElement().actual();
  }
}
