package org.solarrelay.config;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.RelayEnvironment.replaceSecret;
import static org.solarrelay.VendorStubs.leadsSentToEnerflo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.LogCapture;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;

/** A secret that changes in its file takes effect without a restart. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class SecretRotationTest {

  private final LogCapture log = LogCapture.open();

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
  }

  @AfterEach
  void restoreSecrets() throws IOException {
    RelayEnvironment.writeDefaultSecrets();
    await().until(() -> operator("operator-token").statusCode() == 200);
    await().until(() -> webhook("leads-token").statusCode() == 202);
    await().until(() -> flip("whsec_dGVzdC1zZWNyZXQtb2YtZmxpcC0x").statusCode() == 202);
    await().untilAsserted(() -> assertThat(keyOfNextLead()).isEqualTo("enerflo-test-key"));
    log.close();
  }

  @Test
  void webhookTokensAreReplaced() throws IOException {
    replaceSecret("WEBHOOK_TOKEN_LEADS", "next-leads-token, last-leads-token");

    await().until(() -> webhook("next-leads-token").statusCode() == 202);

    assertThat(webhook("last-leads-token").statusCode()).isEqualTo(202);
    assertThat(webhook("leads-token").statusCode()).isEqualTo(401);
  }

  @Test
  void signingSecretsAreReplacedUnlessTheNewOneIsInvalid() throws Exception {
    replaceSecret("WEBHOOK_SECRET_FLIP", "whsec_bmV4dC1zZWNyZXQtb2YtZmxpcC0x");
    await().until(() -> flip("whsec_bmV4dC1zZWNyZXQtb2YtZmxpcC0x").statusCode() == 202);

    replaceSecret("WEBHOOK_SECRET_FLIP", "whsec_%not base64%");
    await()
        .until(
            () -> {
              assertThat(flip("whsec_bmV4dC1zZWNyZXQtb2YtZmxpcC0x").statusCode()).isEqualTo(202);
              return log.lines().stream().anyMatch(line -> line.contains("secrets of before"));
            });

    assertThat(log.lines()).noneMatch(line -> line.contains("not base64"));
  }

  @Test
  void theOperatorTokenIsReplaced() throws IOException {
    replaceSecret("RELAY_OPERATOR_TOKEN", "next-operator-token");

    await().until(() -> operator("next-operator-token").statusCode() == 200);

    assertThat(operator("operator-token").statusCode()).isEqualTo(401);
  }

  @Test
  void vendorKeysAreReplacedWithoutLosingALead() throws IOException {
    assertThat(keyOfNextLead()).isEqualTo("enerflo-test-key");
    replaceSecret("ENERFLO_API_KEY", "next-enerflo-key");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(keyOfNextLead()).isEqualTo("next-enerflo-key"));

    assertThat(log.lines()).noneMatch(line -> line.contains("next-enerflo-key"));
  }

  @Test
  void theSecretForSignedCallbacksIsReplaced() throws Exception {
    replaceSecret("CRM_WEBHOOK_SECRET", "whsec_bmV4dC1zZWNyZXQtb2YtdGhlLWNybQ==");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> verify("whsec_bmV4dC1zZWNyZXQtb2YtdGhlLWNybQ=="));
  }

  private static void verify(String secret) throws Exception {
    String receipt = Senders.leads(lead(UUID.randomUUID().toString()));
    awaitDelivery(receipt, "crm");
    var call = VendorStubs.callback(HistoryClient.history(receipt).path("id").asText());
    Map<String, List<String>> headers =
        call.getHeaders().all().stream()
            .collect(Collectors.toMap(it -> it.key().toLowerCase(), it -> it.values()));
    try {
      new Webhook(secret)
          .verify(call.getBodyAsString(), HttpHeaders.of(headers, (name, value) -> true));
    } catch (WebhookVerificationException e) {
      throw new AssertionError(e);
    }
  }

  private static String keyOfNextLead() {
    String id = UUID.randomUUID().toString().substring(0, 13);
    assertThat(awaitDelivery(Senders.leads(lead(id)), "enerflo").path("state").asText())
        .isEqualTo("delivered");
    return leadsSentToEnerflo(id).get(0).getHeader("api-key");
  }

  private static String lead(String id) {
    return "{\"id\":\"%s\",\"fullName\":\"Ada Example\",\"email\":\"%s@example.com\"}"
        .formatted(id, id);
  }

  private static Response webhook(String token) {
    return given()
        .header("X-Webhook-Token", token)
        .contentType("application/json")
        .body(lead(UUID.randomUUID().toString()))
        .post("/webhooks/leads");
  }

  private static Response flip(String secret) throws Exception {
    String id = "msg_" + UUID.randomUUID();
    long now = Instant.now().getEpochSecond();
    String body = "{\"type\":\"telemetry.published\"}";
    return given()
        .header("Webhook-Id", id)
        .header("Webhook-Timestamp", now)
        .header("Webhook-Signature", new Webhook(secret).sign(id, now, body))
        .contentType("application/json")
        .body(body)
        .post("/webhooks/flip");
  }

  private static Response operator(String token) {
    return given().header("Authorization", "Bearer " + token).get("/api/deliveries?limit=1");
  }
}
