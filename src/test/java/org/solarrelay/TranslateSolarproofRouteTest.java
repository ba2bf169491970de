package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.json;
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
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.vendor.solarproof.SolarProofTranslator;

class TranslateSolarproofRouteTest {

  static CamelContext context;

  @BeforeAll
  static void start() {
    context =
        RouteFiles.start(
            Map.of("solarProofTranslator", new SolarProofTranslator()),
            new Properties(),
            "routes/translate-solarproof.camel.yaml");
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "customer_created, customer_created, lead.submitted",
    "customer_created, customer_created-old, lead.submitted",
    "customer_status_change, customer_status_change, lead.status-changed",
    "customer_status_change, customer_status_change-old, lead.status-changed"
  })
  void theEventInTheUrlDecidesTheType(String event, String sample, String type) throws Exception {
    Translation translation = translate(context, sample("solarproof", event, sample));

    assertThat(translation.ignored()).isNull();
    assertThat(translation.events()).isNotEmpty().extracting(Event::type).containsOnly(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "project_email_sent",
        "project_sms_sent",
        "published_proposal_link",
        "recent_draft_project",
        "contract_signed"
      })
  void aKnownEventWithoutUseIsIgnored(String event) throws Exception {
    assertThat(translate(context, solarProof(event, "[{'customer_id':1}]")))
        .isEqualTo(Translation.ignored(event + " is not used"));
  }

  @Test
  void anUnknownEventIsRejectedWithAdvice() {
    assertThatThrownBy(() -> translate(context, solarProof("customer_deleted", "{'id':1}")))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage(
            "unknown Solar Proof event 'customer_deleted';"
                + " add it to routes/translate-solarproof.camel.yaml");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "a\nb", "${exchangeId}"})
  void aUrlWithoutAnEventIsInvalid(String event) {
    assertThatThrownBy(() -> translate(context, solarProof(event, "{'customer_id':1}")))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("Solar Proof's webhook names no event");
  }

  private static Webhook solarProof(String event, String json) {
    return Webhooks.of("solarproof", event, Map.of(), json(json));
  }
}
