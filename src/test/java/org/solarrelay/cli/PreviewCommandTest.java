package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** {@code ./relay preview} without a running relay. */
class PreviewCommandTest {

  private static final String SAMPLES = "routes/samples/";

  private final Terminal terminal = new Terminal();

  @Test
  void theNameOfASampleDecidesItsSource() {
    Terminal.Done done =
        terminal.relay("preview", SAMPLES + "webhook-solarproof-customer_created-old.json");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("lead.submitted of solarproof, about ")
        .contains("POST https://enerflo.rehearsal/api/v1/partner/action/lead/add")
        .contains("api-key: ***")
        .containsPattern("\n  solarproof +not selected:  the event comes from there");
  }

  @Test
  void knownIdsOfTheRecordAreUsed() {
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
  void aTopicWithoutARouteIsReported() {
    Terminal.Done done =
        terminal.relayWith("{}", "preview", "--topic", "solar.permits", "--key", "P-7", "-");

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("no route begins at topic:solar.permits");
  }

  @Test
  void aDeadDeliveryEndsWithOne() {
    Terminal.Done done =
        terminal.relayWith(
            "{\"fullName\":\"Ada Example\",\"email\":\"ada@example.com\"}", "preview", "-");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.out())
        .contains("dead: To create a customer Solar Proof requires phone or mobile");
  }

  @Test
  void aMessageWithoutEventIsPrintedWithItsReason() {
    Terminal.Done done = terminal.relayWith("{\"email\":5}", "preview", "-");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.out()).startsWith("dead, no event: lead.submitted: data: a lead needs");
  }

  @Test
  void jsonIsTheResponseOfThePreviewEndpoint() throws Exception {
    Terminal.Done done = terminal.relay("preview", "--json", SAMPLES + "event-lead.submitted.json");

    JsonNode preview = new ObjectMapper().readTree(done.out());
    assertThat(preview.at("/events/0/event/type").asText()).isEqualTo("lead.submitted");
    assertThat(preview.at("/events/0/deliveries")).isNotEmpty();
  }

  @Test
  void aMissingFolderEndsWithTwo() {
    Terminal.Done done =
        terminal
            .set("RELAY_ROUTES_DIR", "nowhere")
            .relay("preview", SAMPLES + "event-lead.submitted.json");

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("There is no folder nowhere");
  }
}
