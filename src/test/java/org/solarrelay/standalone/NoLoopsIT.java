package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two vendors send webhooks about the relay's own writes, before they respond to its calls. */
class NoLoopsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private static final String LEAD =
      """
      {"id":"loop","firstName":"Ada","lastName":"Example","email":"ada@example.com",
       "mobile":"8015550100",
       "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}""";

  @TempDir Path temp;

  @Test
  void aLeadCausesOneRecordPerVendorAndNoLoopAndUsersChangesAreDelivered() throws Exception {
    try (PackagedRelay relay = new PackagedRelay(temp.resolve("data"), Map.of()).onPreparedData()) {
      relay.start();
      String here = "{\"url\":\"" + relay.url() + "%s\"}";
      relay.call("PUT", "/sandbox/enerflo/webhooks", here.formatted("/webhooks/enerflo"));
      // 503 until the tables exist
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreException(IllegalStateException.class)
          .until(
              () -> relay.call("POST", "/api/subscriptions/solarproof", here.formatted("")),
              response -> response.contains("registered"));

      relay.call("POST", "/webhooks/leads", LEAD);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(echoesFrom(relay))
                      .as("%s: %s", traffic(relay), deliveries(relay))
                      .contains("enerflo", "solarproof"));
      awaitSilence(relay);
      JsonNode customer = onlyRecord(relay, "solarproof", "customers");
      JsonNode lead = onlyRecord(relay, "enerflo", "leads");
      assertThat(customer.path("email")).isEqualTo(lead.path("email"));

      String customerPath =
          "/sandbox/solarproof/customers/" + customer.path("pkcustomerid").asText();
      relay.call("PUT", customerPath, "{\"status\":2}");
      awaitField(relay, "enerflo", "leads", "lead_status", "Signed");
      awaitSilence(relay);

      String leadPath = "/sandbox/enerflo/leads/" + lead.path("id").asText();
      relay.call("PUT", leadPath, "{\"last_name\":\"Lovelace\"}");
      awaitField(relay, "solarproof", "customers", "surname", "Lovelace");
      awaitSilence(relay);

      assertThat(onlyRecord(relay, "enerflo", "leads").path("id")).isEqualTo(lead.path("id"));
      assertThat(onlyRecord(relay, "solarproof", "customers").path("pkcustomerid"))
          .isEqualTo(customer.path("pkcustomerid"));
      assertThat(deliveries(relay))
          .noneMatch(delivery -> delivery.path("state").asText().equals("dead"));
    }
  }

  /** Waits until no delivery is unfinished and no call or webhook happens for 4 s. */
  private static void awaitSilence(PackagedRelay relay) {
    String[] before = {""};
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(200))
        .during(SILENCE)
        .until(
            () -> {
              String now = traffic(relay);
              boolean same = now.equals(before[0]);
              before[0] = now;
              return same && unfinished(relay) == 0;
            });
  }

  private static String traffic(PackagedRelay relay) throws Exception {
    StringBuilder traffic = new StringBuilder();
    for (String vendor : List.of("enerflo", "solarproof", "crm")) {
      JsonNode shown = JSON.readTree(relay.get("/sandbox/" + vendor));
      traffic.append(shown.path("calls")).append('/').append(shown.at("/webhooks/sent"));
      traffic.append(' ');
    }
    return traffic.toString();
  }

  private static long unfinished(PackagedRelay relay) throws Exception {
    return deliveries(relay).stream()
        .filter(delivery -> List.of("pending", "running").contains(delivery.path("state").asText()))
        .count();
  }

  private static List<String> echoesFrom(PackagedRelay relay) throws Exception {
    return deliveries(relay).stream()
        .filter(delivery -> delivery.path("reason").asText().startsWith("echo"))
        .map(delivery -> delivery.path("source").asText())
        .toList();
  }

  private static List<JsonNode> deliveries(PackagedRelay relay) throws Exception {
    JsonNode page = JSON.readTree(relay.get("/api/deliveries?limit=500"));
    return StreamSupport.stream(page.path("items").spliterator(), false).toList();
  }

  private static JsonNode onlyRecord(PackagedRelay relay, String vendor, String kind)
      throws Exception {
    JsonNode records = JSON.readTree(relay.get("/sandbox/" + vendor)).at("/holds/" + kind);
    assertThat(records.path("count").asInt()).as(records.toString()).isEqualTo(1);
    return records.path("latest").path(0);
  }

  private static void awaitField(
      PackagedRelay relay, String vendor, String kind, String field, String value) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(onlyRecord(relay, vendor, kind).path(field).asText()).isEqualTo(value));
  }
}
