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
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.vendor.flip.FlipTranslator;

class TranslateFlipRouteTest {

  static CamelContext context;

  @BeforeAll
  static void start() {
    context =
        RouteFiles.start(
            Map.of("flipTranslator", new FlipTranslator()),
            new Properties(),
            "routes/translate-flip.camel.yaml");
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @Test
  void telemetryIsIgnored() throws Exception {
    assertThat(translate(context, sample("flip", "telemetry.published")))
        .isEqualTo(Translation.ignored("telemetry.published is not used"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"enrollment.created", "enrollment.updated"})
  void anEnrollmentOfTheOemApiBecomesAnEnrollmentChange(String event) throws Exception {
    assertThat(translate(context, sample("flip", event)).events())
        .extracting(Event::type)
        .containsExactly("enrollment.changed");
  }

  @Test
  void anUnknownEventIsRejectedWithAdvice() {
    assertThatThrownBy(() -> translate(context, body("flip", "{'event_type':'site.moved'}")))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("unknown Flip event 'site.moved'; add it to routes/translate-flip.camel.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'event_type':null}", "{'event_type':[]}"})
  void aWebhookWithoutAnEventNameIsInvalid(String json) {
    assertThatThrownBy(() -> translate(context, body("flip", json)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("Flip's webhook names no event: event_type is missing");
  }
}
