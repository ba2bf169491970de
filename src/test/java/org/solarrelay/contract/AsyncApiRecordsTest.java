package org.solarrelay.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.TopicRecordReader.awaitRecord;
import static org.solarrelay.TopicRecordReader.header;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;

/** The records on the relay's topics match the AsyncAPI document. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class AsyncApiRecordsTest {

  private final String email = UUID.randomUUID() + "@example.com";

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
  }

  @Test
  void aLeadIsAWebhookThenAnEventThenOutcomes() throws IOException {
    String receipt = Senders.leads("{\"email\":\"%s\"}".formatted(email));
    String event = HistoryClient.awaitDelivery(receipt, "enerflo").path("eventId").asText();

    ConsumerRecord<String, byte[]> webhook =
        awaitRecord("solar.inbox", r -> receipt.equals(header(r, "relay_receipt")));
    ConsumerRecord<String, byte[]> lead =
        awaitRecord("solar.leads", r -> event.equals(header(r, "ce_id")));
    ConsumerRecord<String, byte[]> outcome =
        awaitRecord("solar.outcomes", r -> json(r).path("eventId").asText().equals(event));

    assertMatches("webhook", webhook);
    assertMatches("leadSubmitted", lead);
    assertMatches("outcome", outcome);
    assertThat(names(webhook)).allMatch(name -> name.matches("relay_.*|http_.*|traceparent"));
    // the relay's headers are all documented; other prefixes belong to producers
    assertThat(names(lead))
        .allMatch(name -> name.matches("ce_.*|content-type|relay_(time|inbox)|traceparent"));
    assertThat(outcome.key()).isEqualTo(lead.key());
  }

  @Test
  void deadLettersOfAllStagesHaveExactlyTheDocumentedHeaders() {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .withRequestBody(containing(email))
            .willReturn(aResponse().withStatus(422)));
    String lead = Senders.leads("{\"email\":\"%s\"}".formatted(email));
    String event = HistoryClient.awaitDelivery(lead, "enerflo").path("eventId").asText();
    String untranslatable =
        Senders.solarproof("customer_created", "{\"note\":\"%s\"}".formatted(email));
    Producers.send("solar.leads", email, "{\"email\":1}");

    Set<String> headers = new TreeSet<>();
    headers.addAll(deadLetter("deliver", r -> event.equals(header(r, "relay_event_id"))));
    headers.addAll(deadLetter("translate", r -> untranslatable.equals(header(r, "relay_receipt"))));
    headers.addAll(deadLetter("fan-out", r -> email.equals(r.key())));

    // headers of messages that are too large, and of replayed ones
    headers.addAll(Set.of("relay_left_out", "relay_first_sent"));
    assertThat(headers).isEqualTo(headers("deadLetter").get("properties").members().keySet());
  }

  private static Set<String> deadLetter(
      String stage, Predicate<ConsumerRecord<String, byte[]>> fits) {
    ConsumerRecord<String, byte[]> letter = awaitRecord("solar.dead-letters", fits);
    assertMatches("deadLetter", letter);
    assertThat(header(letter, "relay_stage")).isEqualTo(stage);
    Set<String> own = names(letter);
    own.removeIf(name -> !name.startsWith("relay_"));
    return own;
  }

  /**
   * Checks that headers and value match the message's schemas, and that all headers of the relay
   * are documented. A dead letter also has the headers of its original record.
   */
  private static void assertMatches(String message, ConsumerRecord<String, byte[]> record) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    names(record).forEach(name -> values.put(name, header(record, name)));
    Node documented = Node.ASYNCAPI.get("components").get("messages").get(message);
    if (documented.has("headers")) {
      assertThat(StrictSchemaValidator.errors(documented.get("headers"), values))
          .as(message)
          .isEmpty();
    }
    assertThat(names(record))
        .as("headers of " + message + ", against src/main/resources/contracts/asyncapi.yaml")
        .filteredOn(
            name -> name.matches(message.equals("deadLetter") ? "relay_.*" : "(relay|ce)_.*"))
        .isSubsetOf(documentedHeaders(message));
    if (documented.get("payload").has("schema")) {
      assertThat(
              StrictSchemaValidator.errors(documented.get("payload").get("schema"), json(record)))
          .as(message)
          .isEmpty();
    }
  }

  private static Set<String> documentedHeaders(String message) {
    Node headers = headers(message);
    Node shared = headers.has("allOf") ? headers.get("allOf").elements().get(0) : headers;
    return shared.get("properties").members().keySet();
  }

  private static Node headers(String message) {
    return Node.ASYNCAPI.get("components").get("messages").get(message).get("headers");
  }

  private static Set<String> names(ConsumerRecord<String, byte[]> record) {
    Set<String> names = new TreeSet<>();
    for (Header header : record.headers()) {
      names.add(header.key());
    }
    return names;
  }

  private static JsonNode json(ConsumerRecord<String, byte[]> record) {
    try {
      return new ObjectMapper().readTree(new String(record.value(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
