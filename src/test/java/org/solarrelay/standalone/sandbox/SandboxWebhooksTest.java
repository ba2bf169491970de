package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxWebhooksTest {
  private static final String CUSTOMER =
      """
      {"data": {"action": "createcustomer", "firstname": "Jo", "surname": "Test", "status": 3,
                "email": "jo.test@example.com", "phone1": "0400000000", "type": "COMMERCIAL"}}""";
  private static final String LEAD =
      """
      {"lead": {"integration_record_id": "yj3Shbi2", "full_name": "Jo Test", "city": "Provo",
                "mobile": "8015550100", "email": "jo.test@example.com"}}""";

  @TempDir Path dir;
  private Sandbox sandbox;
  private SandboxClient http;
  private WebhookReceiver relay;

  @BeforeEach
  void start() throws Exception {
    relay = new WebhookReceiver();
    startSandbox();
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
    relay.close();
  }

  @Test
  void solarProofSendsAWebhookBeforeItsResponse() throws Exception {
    subscribe("customer_created");
    String id = createCustomer();

    assertThat(relay.received()).hasSize(1);
    JsonNode webhook = relay.received().get(0);
    assertThat(webhook.isObject()).isTrue();
    assertThat(webhook.path("customer_id").asText()).isEqualTo(id);
    assertThat(webhook.path("customer_id").isInt()).isTrue();
    assertThat(webhook.path("customer_email").asText()).isEqualTo("jo.test@example.com");
    assertThat(webhook.path("customer_type_id").asInt()).isEqualTo(2);
    assertThat(webhook.path("customer_status_id").asInt()).isZero();
  }

  @Test
  void withADelayTheResponseComesFirst() throws Exception {
    subscribe("customer_created");
    http.send("PUT", "/sandbox/solarproof/webhooks", "{\"delayMillis\": 300}");
    createCustomer();

    assertThat(relay.received()).isEmpty();
    await().untilAsserted(() -> assertThat(relay.received()).hasSize(1));
  }

  @Test
  void aUsersChangeOfStatusIsSentAsAnArrayIfTheStatusDiffers() throws Exception {
    subscribe("customer_status_change");
    String customer = "/sandbox/solarproof/customers/" + createCustomer();
    http.send("PUT", customer, "{\"status\": 2}");
    http.send("PUT", customer, "{\"status\": 2, \"phone2\": \"0400000001\"}");

    assertThat(relay.received()).hasSize(1);
    JsonNode webhook = relay.received().get(0).path(0);
    assertThat(webhook.path("old_status").asInt()).isZero();
    assertThat(webhook.path("new_status").asInt()).isEqualTo(2);
    JsonNode read = get("getcustomerByemail", "&customer_email=jo.test%40example.com");
    assertThat(read.path("customer_status").asText()).isEqualTo("Signed");
    assertThat(read.path("customer_phone_2").asText()).isEqualTo("0400000001");
  }

  @Test
  void aCustomerThatAUserCreatesIsSentToo() throws Exception {
    subscribe("customer_created");
    JsonNode made =
        http.sendJson(
            "POST",
            "/sandbox/solarproof/customers",
            """
            {"firstname": "Jo", "surname": "Test", "email": "jo.test@example.com",
             "phone1": "0400000000", "type": "RESIDENTIAL", "status": 1}""");

    assertThat(relay.received()).hasSize(1);
    JsonNode webhook = relay.received().get(0);
    assertThat(webhook.path("customer_id").asText()).isEqualTo(made.path("pkcustomerid").asText());
    assertThat(webhook.path("customer_status_id").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"status\": 4}", "{\"status\": \"2\"}", "{\"type\": \"x\"}"})
  void anInvalidChangeByAUserIsRejected(String change) throws Exception {
    String customer = "/sandbox/solarproof/customers/" + createCustomer();

    assertThat(http.send("PUT", customer, change).statusCode()).isEqualTo(400);
    assertThat(http.send("PUT", customer + "0", "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "'', customer_created, hookUrl parameter is required",
    "http://relay.example.com/x, customer_created, Invalid webhook URL format",
    "https://relay.example.com/x, contract_signed, Invalid webhook type"
  })
  void solarProofRejectsAnInvalidSubscription(String url, String type, String message)
      throws Exception {
    HttpResponse<String> response = subscribe(url, type);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(SandboxClient.json(response).path("success").asBoolean(true)).isFalse();
    assertThat(response.body()).contains(message);
  }

  @Test
  void unsubscribeEndsAllEventsOfTheUrl() throws Exception {
    subscribe("customer_created");
    subscribe("customer_status_change");
    String hook = "{\"hookUrl\": \"" + relay.url() + "/hook\"}";

    assertThat(http.send("POST", action("unsubscribe_customer"), hook).statusCode()).isEqualTo(200);
    HttpResponse<String> again = http.send("DELETE", action("unsubscribe_customer"), hook);
    http.send("PUT", "/sandbox/solarproof/customers/" + createCustomer(), "{\"status\": 2}");

    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("No matching webhook found for this user");
    assertThat(relay.received()).isEmpty();
  }

  @Test
  void subscriptionsSurviveARestart() throws Exception {
    subscribe("customer_created");
    sandbox.close();
    startSandbox();
    createCustomer();

    assertThat(relay.received()).hasSize(1);
  }

  @Test
  void enerfloSendsTwoWebhooksAndTheSecondIsNearlyEmpty() throws Exception {
    http.send("PUT", "/sandbox/enerflo/webhooks", "{\"url\": \"" + relay.url() + "\"}");
    int id = addLead();

    assertThat(relay.received()).hasSize(1);
    await().untilAsserted(() -> assertThat(relay.received()).hasSize(2));
    JsonNode first = relay.received().get(0);
    JsonNode second = relay.received().get(1);
    assertThat(List.of(first, second))
        .allSatisfy(
            webhook -> {
              assertThat(webhook.path("webhook_event").asText()).isEqualTo("new_customer");
              assertThat(webhook.path("id").asInt()).isEqualTo(id);
              assertThat(webhook.path("external_id").asText()).isEqualTo("yj3Shbi2");
            });
    assertThat(first.path("phone").asText()).isEqualTo("(801) 555-0100");
    assertThat(first.at("/address/city").asText()).isEqualTo("Provo");
    assertThat(second.path("first_name").asText()).isEqualTo("Unknown");
    assertThat(second.path("email").asText()).isEmpty();
    assertThat(second.path("timestamps")).isEqualTo(first.path("timestamps"));
  }

  @Test
  void enerfloSendsUpdatesByApiAndByUsers() throws Exception {
    int id = addLead();
    http.send("PUT", "/sandbox/enerflo/webhooks", "{\"url\": \"" + relay.url() + "\"}");
    addLead();
    http.send("PUT", "/sandbox/enerflo/leads/" + id, "{\"lead_status\": \"Won\"}");

    await().untilAsserted(() -> assertThat(relay.received()).hasSize(4));
    assertThat(relay.received())
        .extracting(webhook -> webhook.path("webhook_event").asText())
        .containsOnly("update_customer");
    assertThat(relay.received().toString()).contains("\"status\":\"Won\"");
  }

  @Test
  void aLeadThatAUserCreatesHasNoIntegrationRecordId() throws Exception {
    http.send("PUT", "/sandbox/enerflo/webhooks", "{\"url\": \"" + relay.url() + "\"}");
    http.send("POST", "/sandbox/enerflo/leads", "{\"first_name\": \"Jo\"}");

    JsonNode webhook = relay.received().get(0);
    assertThat(webhook.path("webhook_event").asText()).isEqualTo("new_customer");
    assertThat(webhook.path("external_id").isNull()).isTrue();
  }

  @Test
  void noWebhookIsSentBeforeAValidUrlIsSet() throws Exception {
    addLead();

    assertThat(relay.received()).isEmpty();
    for (String wrong : new String[] {"{\"url\": \"relay\"}", "{\"delay\": 1}", "[]"}) {
      assertThat(http.send("PUT", "/sandbox/enerflo/webhooks", wrong).statusCode()).isEqualTo(400);
    }
    assertThat(
            http.send("PUT", "/sandbox/solarproof/webhooks", "{\"url\": \"http://x\"}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aVendorRespondsEvenIfItsWebhookFails() throws Exception {
    subscribe("customer_created");
    relay.close();

    assertThat(createCustomer()).isNotEmpty();
    assertThat(http.getJson("/sandbox/solarproof").at("/webhooks/sent").asInt()).isEqualTo(1);
  }

  @Test
  void everySecondWebhookIsLost() throws Exception {
    subscribe("customer_status_change");
    http.send("PUT", "/sandbox/solarproof/webhooks", "{\"loseEvery\": 2}");
    String customer = "/sandbox/solarproof/customers/" + createCustomer();
    for (int status : new int[] {1, 2, 3, 1}) {
      http.send("PUT", customer, "{\"status\": %d}".formatted(status));
    }

    assertThat(relay.received()).hasSize(2);
    assertThat(http.getJson("/sandbox/solarproof").at("/webhooks/lost").asInt()).isEqualTo(2);
  }

  @Test
  void allWebhooksAreLostForATime() throws Exception {
    subscribe("customer_status_change");
    http.send("PUT", "/sandbox/solarproof/webhooks", "{\"loseForMillis\": 60000}");
    String customer = "/sandbox/solarproof/customers/" + createCustomer();
    http.send("PUT", customer, "{\"status\": 2}");
    http.send("PUT", "/sandbox/solarproof/webhooks", "{\"loseForMillis\": 0}");
    http.send("PUT", customer, "{\"status\": 3}");

    assertThat(relay.received()).hasSize(1);
    assertThat(relay.received().get(0).path(0).path("new_status").asInt()).isEqualTo(3);
  }

  private void startSandbox() throws Exception {
    sandbox = Sandbox.start(dir.resolve("sandbox.jsonl"), 0);
    http = new SandboxClient(sandbox.url(), "api-key", "sandbox-enerflo");
  }

  private void subscribe(String type) throws Exception {
    assertThat(subscribe(relay.url() + "/hook", type).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> subscribe(String url, String type) throws Exception {
    String body = "{\"hookUrl\": \"%s\", \"type_request\": \"%s\"}".formatted(url, type);
    return http.send("POST", action("subscribe_customer"), body);
  }

  private String createCustomer() throws Exception {
    return http.sendJson("POST", action("createcustomer"), CUSTOMER).path("id").asText();
  }

  private int addLead() throws Exception {
    return http.sendJson("POST", "/api/v1/partner/action/lead/add", LEAD)
        .at("/data/lead/id")
        .asInt();
  }

  private JsonNode get(String action, String query) throws Exception {
    return http.getJson(action(action) + query);
  }

  private static String action(String action) {
    return "/apidata.php?action=" + action + "&api_key=sandbox-solarproof";
  }
}
