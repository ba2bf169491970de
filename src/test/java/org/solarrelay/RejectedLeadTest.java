package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.leadsSentToEnerflo;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.event.EventType.LEAD_SUBMITTED;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Enerflo rejects one lead with the response to a wrong key, and accepts all others. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RejectedLeadTest {

  private final String rejected = UUID.randomUUID().toString();

  @BeforeEach
  void stubSuccess() {
    VendorStubs.reset();
  }

  @ParameterizedTest
  @CsvSource({"403,'{}'", "401,'{}'", "200,'\"Access not Permitted\"'"})
  void otherLeadsAreDeliveredAtOnceAndTheRejectedOneIsDeadAfterAFewAttempts(
      int status, String body) {
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing(rejected))
            .willReturn(aResponse().withStatus(status).withBody(body)));
    String refusedEvent = lead(rejected);
    List<String> others = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      others.add(lead(UUID.randomUUID().toString()));
    }

    for (String other : others) {
      JsonNode delivery = awaitDelivery(other, "enerflo");
      assertThat(delivery.path("state").asText()).isEqualTo("delivered");
      assertThat(waited(delivery)).as("a pause lasts 30 s").isLessThan(Duration.ofSeconds(15));
    }
    JsonNode delivery = awaitDelivery(refusedEvent, "enerflo");
    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("status").asInt()).isEqualTo(status);
    assertThat(delivery.path("reason").asText())
        .contains("It accepts the key for other records", "refused 5 times since");
    assertThat(leadsSentToEnerflo(rejected)).hasSizeBetween(6, 9);
  }

  private static Duration waited(JsonNode delivery) {
    return Duration.between(
        Instant.parse(delivery.path("createdAt").asText()),
        Instant.parse(delivery.path("firstAttemptAt").asText()));
  }

  private static String lead(String subject) {
    return Producers.event(
        "crm",
        LEAD_SUBMITTED,
        subject,
        """
        {"email":"%s@example.com","fullName":"Ada Kelly",
         "address":{"full":"12 Main St, Sacramento, CA 95814"}}\
        """
            .formatted(subject));
  }
}
