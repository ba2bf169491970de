package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrmVendorTest {
  private static final String EVENT =
      "{\"specversion\": \"1.0\", \"id\": \"e1\", \"source\": \"web\", \"type\": \"lead.submitted\"}";

  @TempDir Path dir;
  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start(dir.resolve("sandbox.jsonl"), 0);
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  @Test
  void aSignedCallbackIsStoredOnceEvenIfSentTwice() throws Exception {
    assertThat(call(EVENT, EVENT)).isEqualTo(204);
    assertThat(call(EVENT, EVENT)).isEqualTo(204);

    JsonNode crm = new SandboxClient(sandbox.url()).getJson("/sandbox").path("crm");
    assertThat(crm.path("calls").asInt()).isEqualTo(2);
    assertThat(crm.at("/holds/events/count").asInt()).isEqualTo(1);
    assertThat(crm.at("/holds/events/latest/0/type").asText()).isEqualTo("lead.submitted");
  }

  @Test
  void aBodyWithAnotherSignatureIsRejected() throws Exception {
    assertThat(call(EVENT, EVENT.replace("web", "elsewhere"))).isEqualTo(401);
  }

  @Test
  void anUnsignedCallbackIsRejected() throws Exception {
    assertThat(new SandboxClient(sandbox.url()).send("POST", "/crm", EVENT).statusCode())
        .isEqualTo(401);
  }

  private int call(String signed, String sent) throws Exception {
    long now = Instant.now().getEpochSecond();
    String signature =
        new Webhook(sandbox.settings().get("CRM_WEBHOOK_SECRET")).sign("msg_1", now, signed);
    SandboxClient relay =
        new SandboxClient(
            sandbox.url(),
            "webhook-id",
            "msg_1",
            "webhook-timestamp",
            String.valueOf(now),
            "webhook-signature",
            signature);
    return relay.send("POST", "/crm", sent).statusCode();
  }
}
