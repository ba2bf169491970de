package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxEndpointsTest {
  private static final String LEAD =
      "{\"lead\": {\"integration_record_id\": \"kept\", \"city\": \"Provo\"}}";

  @TempDir Path dir;

  @Test
  void aVendorRespondsWithTheSetStatusUntilItIsReset() throws Exception {
    try (Sandbox sandbox = start()) {
      SandboxClient http = new SandboxClient(sandbox.url());
      http.send("PUT", "/sandbox/flip", "{\"status\": 503}");
      assertThat(http.get("/v1/enrollments").statusCode()).isEqualTo(503);
      assertThat(http.get("/apidata.php").statusCode()).isEqualTo(401);

      http.send("PUT", "/sandbox/flip", "{\"delayMillis\": 0}");
      assertThat(http.get("/v1/enrollments").statusCode()).isEqualTo(401);
      assertThat(http.getJson("/sandbox").at("/flip/calls").asInt()).isEqualTo(2);
    }
  }

  @Test
  void aDelayPostponesEveryResponse() throws Exception {
    try (Sandbox sandbox = start()) {
      SandboxClient http = new SandboxClient(sandbox.url());
      http.send("PUT", "/sandbox/crm", "{\"delayMillis\": 200}");
      long start = System.nanoTime();
      http.send("POST", "/crm", "{}");

      assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(200);
    }
  }

  @Test
  void aRefusedTextFailsOnlyCallsWithThatText() throws Exception {
    try (Sandbox sandbox = start()) {
      SandboxClient http = new SandboxClient(sandbox.url());
      http.send("PUT", "/sandbox/crm", "{\"refuses\": \"SoCal\"}");

      HttpResponse<String> refused = http.send("POST", "/crm", "{\"state\": \"SoCal\"}");
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("SoCal is not valid");
      assertThat(http.send("POST", "/crm", "{\"state\": \"CA\"}").statusCode()).isNotEqualTo(422);
      http.send("PUT", "/sandbox/crm", "{}");
      assertThat(http.send("POST", "/crm", "{\"state\": \"SoCal\"}").statusCode())
          .isNotEqualTo(422);
    }
  }

  @Test
  void anInvalidFaultIsRejectedAndChangesNothing() throws Exception {
    try (Sandbox sandbox = start()) {
      SandboxClient http = new SandboxClient(sandbox.url());
      for (String wrong :
          new String[] {
            "{\"status\": 99}",
            "{\"status\": \"503\"}",
            "{\"delay\": 1}",
            "{\"refuses\": 7}",
            "[]",
            "{\"delayMillis\": -1}"
          }) {
        assertThat(http.send("PUT", "/sandbox/flip", wrong).statusCode()).as(wrong).isEqualTo(400);
      }
      assertThat(http.getJson("/sandbox/flip").path("status").asInt()).isZero();
    }
  }

  @Test
  void anUnknownVendorIs404() throws Exception {
    try (Sandbox sandbox = start()) {
      SandboxClient http = new SandboxClient(sandbox.url());
      HttpResponse<String> response = http.send("PUT", "/sandbox/acme", "{\"status\": 503}");

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).contains("enerflo, solarproof, flip, crm");
    }
  }

  @Test
  void recordsSurviveARestartEvenWithAnIncompleteLastLine() throws Exception {
    try (Sandbox sandbox = start()) {
      addLead(sandbox);
    }
    Files.writeString(dir.resolve("sandbox.jsonl"), "{\"kind\": \"ener", StandardOpenOption.APPEND);

    try (Sandbox sandbox = start()) {
      JsonNode leads =
          new SandboxClient(sandbox.url()).getJson("/sandbox").at("/enerflo/holds/leads");
      assertThat(leads.path("count").asInt()).isEqualTo(1);
      assertThat(addLead(sandbox).at("/data/msg").asText()).isEqualTo("Lead Updated");
    }
  }

  private Sandbox start() throws Exception {
    return Sandbox.start(dir.resolve("sandbox.jsonl"), 0);
  }

  private static JsonNode addLead(Sandbox sandbox) throws Exception {
    String key = sandbox.settings().get("ENERFLO_API_KEY");
    return new SandboxClient(sandbox.url(), "api-key", key)
        .sendJson("POST", "/api/v1/partner/action/lead/add", LEAD);
  }
}
