package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Messages that cannot be processed, between valid ones. */
class PoisonIT {

  private static final String LEADS = "solar.leads";
  private static final String NOBODY_TAKES = "poison-refused";
  private static final String DATA = "{\"email\":\"poison@example.com\"}";

  private final FaultBench bench = FaultBench.SHARED;
  private final Topic topic = bench.topic;

  @Test
  void eachKindOfPoisonIsDeadWithAReasonAndWhatIsAroundItIsDelivered() throws Exception {
    bench.vendors.refuse(NOBODY_TAKES);
    Relay relay = bench.steadyRelay();
    Map<String, ProducerRecord<byte[], byte[]>> poison = poison();
    List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    poison.values().forEach(record -> sent.addAll(List.of(good(sent.size()), record)));
    sent.add(event("lead.submitted", NOBODY_TAKES, lead(NOBODY_TAKES)));
    sent.add(good(sent.size()));
    String untranslatable = "{\"webhook_event\":\"new_customer\"}";
    String receipt =
        new ObjectMapper()
            .readTree(relay.post("enerflo", untranslatable, "-").body())
            .path("receipt")
            .asText();
    List<String> places = topic.send(sent);

    for (String vendor : CountingVendors.NAMES) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(bench.vendors.events(vendor, "poison"))
                      .as(vendor)
                      .hasSize(poison.size() + 1));
      assertThat(bench.vendors.received(vendor, "poison")).as(vendor).hasSize(poison.size() + 1);
    }
    int n = 0;
    for (String reason : poison.keySet()) {
      assertDeadStory(relay, places.get(2 * n + 1), reason);
      awaitLetter("poison-mark", Integer.toString(n), reason);
      n++;
    }
    assertDeadStory(relay, receipt, "no customer");
    awaitLetter("relay_receipt", receipt, "no customer");
    awaitDeadEverywhere(relay);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(reasonsOfLetters("relay_event_id", NOBODY_TAKES))
                    .hasSize(3)
                    .allSatisfy(reason -> assertThat(reason).contains("422")));
    System.out.printf(
        "poison: %d good leads delivered at each of 3, %d poison ones dead with a reason,"
            + " one refused by all 3: 3 dead with 422%n",
        poison.size() + 1, poison.size() + 1);
  }

  /** By a part of the reason. */
  private static Map<String, ProducerRecord<byte[], byte[]>> poison() {
    Map<String, ProducerRecord<byte[], byte[]>> poison = new LinkedHashMap<>();
    poison.put("not JSON", record("{\"email\":"));
    poison.put("null record", record(null));
    poison.put("a lead needs at least one", record("{\"email\":5}"));
    poison.put("unknown event type", event("roof.painted", "poison-type", DATA));
    poison.put("belongs on topic", event("enrollment.changed", "poison-topic", DATA));
    int n = 0;
    for (ProducerRecord<byte[], byte[]> record : poison.values()) {
      record.headers().add("poison-mark", bytes(Integer.toString(n++)));
    }
    return poison;
  }

  private static ProducerRecord<byte[], byte[]> good(int n) {
    String name = "poison-%d-n0".formatted(n);
    return event("lead.submitted", name, lead(name));
  }

  private static String lead(String name) {
    return """
        {"firstName":"Ada","lastName":"%s","email":"%s@example.com","mobile":"(801) 555-0100",
         "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}"""
        .formatted(name, name);
  }

  private static ProducerRecord<byte[], byte[]> event(String type, String id, String data) {
    ProducerRecord<byte[], byte[]> record = record(data);
    Map.of("specversion", "1.0", "id", id, "source", "web", "type", type, "subject", id)
        .forEach((name, text) -> record.headers().add("ce_" + name, bytes(text)));
    record.headers().add("content-type", bytes("application/json"));
    return record;
  }

  /** All on one partition: what is stuck would hold up what comes behind. */
  private static ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>(LEADS, 0, bytes("poison"), value == null ? null : bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertDeadStory(Relay relay, String id, String reason) {
    JsonNode story =
        await().atMost(Duration.ofSeconds(30)).until(() -> relay.story(id), found -> found != null);
    assertThat(story.path("state").asText()).as(story.toString()).isEqualTo("dead");
    assertThat(story.path("reason").asText()).contains(reason);
  }

  private void awaitLetter(String header, String value, String reason) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(reasonsOfLetters(header, value))
                    .singleElement()
                    .asString()
                    .contains(reason));
  }

  private static void awaitDeadEverywhere(Relay relay) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(relay.api("events/" + NOBODY_TAKES).path("deliveries"))
                    .hasSize(3)
                    .allSatisfy(
                        one -> {
                          assertThat(one.path("state").asText()).isEqualTo("dead");
                          assertThat(one.path("reason").asText()).contains("422");
                        }));
  }

  private List<String> reasonsOfLetters(String header, String value) {
    List<String> reasons = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter : topic.read("solar.dead-letters")) {
      if (Topic.header(letter, header).equals(value)) {
        reasons.add(Topic.header(letter, "relay_reason"));
      }
    }
    return reasons;
  }
}
