package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Previews with nothing started. */
class PreviewCommandTest {

  private static final String SAMPLES = "routes/samples/";

  private final Terminal terminal = new Terminal();

  @Test
  void aSamplesNameTellsWhoseWebhookItIs() {
    Terminal.Done done =
        terminal.relay("preview", SAMPLES + "webhook-solarproof-customer_created-old.json");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("lead.submitted of solarproof, about ")
        .contains("POST https://enerflo.rehearsal/api/v1/partner/action/lead/add")
        .contains("api-key: ***")
        .containsPattern("\n  solarproof +not told: the event comes from there");
  }

  @Test
  void whatIsKnownOfItsRecordIsUsed() {
    Terminal.Done done =
        terminal.relayWith(
            "{\"type\":\"project.note-added\",\"note\":\"Gate code changed\"}",
            "preview",
            "--topic",
            "solar.projects",
            "--key",
            "P-7",
            "--known",
            "enerflo.install=907",
            "-");

    assertThat(done.out())
        .contains("project.note-added of crm, about P-7")
        .contains("/api/v3/installs/907/notes");
  }

  @Test
  void aTopicThatNoRouteReadsIsNamed() {
    Terminal.Done done =
        terminal.relayWith("{}", "preview", "--topic", "solar.permits", "--key", "P-7", "-");

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("no route begins at topic:solar.permits");
  }

  @Test
  void whatWouldBeDeadEndsWithOne() {
    Terminal.Done done =
        terminal.relayWith(
            "{\"fullName\":\"Ada Example\",\"email\":\"ada@example.com\"}", "preview", "-");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.out())
        .contains("dead: To create a customer Solar Proof requires phone or mobile");
  }

  @Test
  void aMessageThatBecomesNoEventIsShownWithItsReason() {
    Terminal.Done done = terminal.relayWith("{\"email\":5}", "preview", "-");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.out()).startsWith("dead, no event: lead.submitted: data: a lead needs");
  }

  @Test
  void jsonIsWhatThePreviewEndpointAnswers() throws Exception {
    Terminal.Done done = terminal.relay("preview", "--json", SAMPLES + "event-lead.submitted.json");

    JsonNode told = new ObjectMapper().readTree(done.out());
    assertThat(told.at("/events/0/event/type").asText()).isEqualTo("lead.submitted");
    assertThat(told.at("/events/0/deliveries")).isNotEmpty();
  }

  @Test
  void aFolderWithoutRoutesCanNotBeRehearsed() {
    Terminal.Done done =
        terminal
            .set("RELAY_ROUTES_DIR", "nowhere")
            .relay("preview", SAMPLES + "event-lead.submitted.json");

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("There is no folder nowhere");
  }
}
