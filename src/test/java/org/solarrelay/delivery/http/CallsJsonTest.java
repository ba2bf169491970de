package org.solarrelay.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.config.SecretMask;
import org.solarrelay.delivery.RelaySettings;

class CallsJsonTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final RelayConfig CONFIG =
      RelaySettings.of(
          Map.of(
              "relay.destinations.crm.url",
              "https://crm.example.com/hooks/S3CRET-path/in?tenant=acme-hidden",
              "relay.destinations.crm.api-key",
              "whsec_quote\"key"));
  private static final CallsJson CALLS =
      new CallsJson(new SecretMask(new ReloadableConfig(CONFIG)));

  @Test
  void aCallHasAllThatTheVendorReceivedButItsKeys() throws Exception {
    Map<String, String> headers =
        Map.of(
            "Content-Type", JSON,
            "api-key", "enerflo-key/+",
            "Authorization", "Bearer abc",
            "Idempotency-Key", "e-1",
            "Cookie", "session=1");
    VendorCall call =
        new VendorCall(
            "POST",
            "https://enerflo.example.com/api/v1/acme/lead/add",
            headers::get,
            RequestBody.of("{\"name\":\"Ann\"}", JSON));
    call.end(201);

    JsonNode stored = read(CALLS.write(List.of(call))).get(0);

    assertThat(stored.path("durationMs").isInt()).isTrue();
    assertThat(stored.toString())
        .startsWith(
            "{\"method\":\"POST\",\"url\":\"https://enerflo.example.com/api/v1/acme/lead/add\","
                + "\"headers\":{\"Content-Type\":\"application/json\",\"Idempotency-Key\":\"e-1\"},"
                + "\"status\":201,")
        .endsWith("\"body\":\"{\\\"name\\\":\\\"Ann\\\"}\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://crm.example.com/hooks/S3CRET-path/in?tenant=acme-hidden https://crm.example.com/hooks/***/in?tenant=***",
        "https://ann:pass@host/a https://host/a",
        "https://host/apidata.php?action=list&key=short https://host/apidata.php?action=list&key=***",
        "https://host/a?X-Api-Key=1&page=2 https://host/a?X-Api-Key=***&page=2",
        "https://host/a?access_token=1&sig=2&code=3 https://host/a?access_token=***&sig=***&code=***",
        "https://host/a?solarproof-key https://host/a?***",
        "https://host/a?q=enerflo-key%2F%2B https://host/a?q=***",
        "https://hooks.example.com/services/T01/B02/x8Kd93hfKs02mXlq9DkwWq7e https://hooks.example.com/services/T01/B02/***",
        "https://host/bot12345:AAF9aSk3x8Kd93hfKs02mXlq9DkwWq7e/send https://host/***/send",
        "https://host/v1/a?t=x8Kd93hfKs02mXlq9Dkw%2Bq7e%3D https://host/v1/a?t=***",
        "https://host/customers/79461/installs/1b4e28ba-2fa1-11d2-883f-0016d3cca427 https://host/customers/79461/installs/1b4e28ba-2fa1-11d2-883f-0016d3cca427",
        "https://host/find?email=ann%40example.com&street=12+Long+Winding+Street https://host/find?email=ann%40example.com&street=12+Long+Winding+Street",
        "https://host https://host"
      })
  void aUrlIsKeptWithoutItsSecrets(String url, String stored) throws Exception {
    assertThat(write(url, RequestBody.NONE).path("url").asText()).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"key\":\"solarproof-key\",\"a\":1}|{\"key\":\"***\",\"a\":1}",
        "{\"k\":\"whsec_quote\\\"key\"}|{\"k\":\"***\"}",
        "{\"apiKey\":\"x\",\"user_password\" : \"a\\\"b\",\"z\":1}|{\"apiKey\":\"***\",\"user_password\" : \"***\",\"z\":1}",
        "{\"token\":17,\"tokens\":[\"a\",\"b\"],\"z\":null}|{\"token\":\"***\",\"tokens\":\"***\",\"z\":null}",
        "{\"credentials\":{\"client_secret\":\"x\",\"user\":\"ann\"}}|{\"credentials\":{\"client_secret\":\"***\",\"user\":\"ann\"}}",
        "{\"raw\":\"{\\\"api_key\\\":\\\"x\\\\\\\"y\\\",\\\"b\\\":1}\"}|{\"raw\":\"{\\\"api_key\\\":\\\"***\\\",\\\"b\\\":1}\"}",
        "{\"secret\":\"cut he|{\"secret\":\"***\"",
        "<a><ApiKey>x</ApiKey><b>y</b></a>|<a><ApiKey>***</ApiKey><b>y</b></a>",
        "{\"note\":\"no secret here\",\"b\":\"c\"}|{\"note\":\"no secret here\",\"b\":\"c\"}"
      })
  void aBodyIsKeptWithoutItsSecrets(String body, String stored) throws Exception {
    assertThat(write("https://host/a", RequestBody.of(body, JSON)).path("body").asText())
        .isEqualTo(stored);
  }

  @Test
  void aFormIsKeptWithoutItsSecrets() throws Exception {
    byte[] form = "grant_type=client_credentials&client_id=id&client_secret=hidden".getBytes(UTF_8);

    assertThat(write("https://host/token", RequestBody.of(form, FORM)).path("body").asText())
        .isEqualTo("grant_type=client_credentials&client_id=id&client_secret=***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "\"", "\u0001", "\u0000", "\uD83D\uDE00", "\uD83D"})
  void allCallsTogetherFitTheLimit(String text) throws Exception {
    List<VendorCall> calls = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      calls.add(
          call(
              "https://host/" + n,
              RequestBody.of("" + n + text.repeat(n == 59 ? 100_000 : 900), JSON)));
    }

    String json = CALLS.write(calls);
    JsonNode stored = read(json);

    assertThat(json.getBytes(UTF_8).length).isBetween(CallsJson.LIMIT / 3, CallsJson.LIMIT);
    JsonNode last = stored.get(stored.size() - 1);
    assertThat(last.path("url").asText()).isEqualTo("https://host/59");
    assertThat(last.path("truncated").asBoolean()).isTrue();
    assertThat(last.path("body").asText()).startsWith("59" + text);
    assertThat(stored.get(0).path("before").asInt()).isEqualTo(60 - stored.size());
    assertThat(stored.get(1).has("before")).isFalse();
    for (int n = 0; n < stored.size(); n++) {
      assertThat(stored.get(n).path("url").asText())
          .isEqualTo("https://host/" + (60 - stored.size() + n));
    }
  }

  @Test
  void callsThatFitAreWhole() throws Exception {
    VendorCall search = call("https://host/search", RequestBody.of("s".repeat(3000), JSON));
    VendorCall create = call("https://host/create", RequestBody.of("c".repeat(12_000), JSON));

    JsonNode stored = read(CALLS.write(List.of(search, create)));

    assertThat(stored.get(0).path("body").asText()).hasSize(3000);
    assertThat(stored.get(1).path("body").asText()).hasSize(12_000);
    assertThat(stored.toString()).doesNotContain("truncated", "before");
  }

  @Test
  void halfASecretAtTheCutIsNotKept() throws Exception {
    String body = "x".repeat(RequestBody.LONGEST - 4) + "solarproof-key";

    RequestBody cut = RequestBody.of(body, JSON);

    assertThat(cut.text()).endsWith("xsola");
    assertThat(write("https://host/a", RequestBody.of("y".repeat(90_000), JSON)).toString())
        .contains("\"truncated\":true");
    assertThat(CALLS.write(List.of(call("https://host/a", cut)))).doesNotContain("sola");
  }

  @Test
  void aBodyThatIsNoTextIsLeftOut() throws Exception {
    JsonNode stored =
        write("https://host/a", RequestBody.of(new byte[] {1, 2, 3}, "application/pdf"));

    assertThat(stored.has("body")).isFalse();
    assertThat(stored.path("truncated").asBoolean()).isTrue();
  }

  @Test
  void anAttemptWithoutCallsIsAnEmptyList() {
    assertThat(CALLS.write(List.of())).isEqualTo("[]");
  }

  private static JsonNode write(String url, RequestBody body) throws JsonProcessingException {
    return read(CALLS.write(List.of(call(url, body)))).get(0);
  }

  private static VendorCall call(String url, RequestBody body) {
    return new VendorCall("POST", url, name -> null, body);
  }

  private static JsonNode read(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }
}
