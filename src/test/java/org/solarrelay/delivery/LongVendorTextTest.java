package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.JsonResponse;
import org.solarrelay.delivery.http.ResponseSanitizer;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryOrigin;
import org.solarrelay.delivery.queue.QueueFixture;
import org.solarrelay.identity.AddressKey;
import org.solarrelay.vendor.enerflo.EnerfloResponse;
import org.solarrelay.vendor.enerflo.lead.EnerfloOutcomes;
import org.solarrelay.vendor.enerflo.project.EnerfloStatuses;
import org.solarrelay.vendor.flip.FlipLink;
import org.solarrelay.vendor.flip.FlipOutcomes;
import org.solarrelay.vendor.flip.FlipTokens;
import org.solarrelay.vendor.solarproof.SolarProofCustomerPages;
import org.solarrelay.vendor.solarproof.SolarProofOutcomes;
import org.solarrelay.vendor.solarproof.SolarProofSubscriptionOutcomes;

/** A vendor's text of 1 MiB costs little, whatever it is made of and wherever it is read. */
class LongVendorTextTest {

  private static final int MEBIBYTE = 1 << 20;
  private static final Duration BOUND = Duration.ofSeconds(1);

  private interface Reader {
    void read(byte[] body) throws Exception;
  }

  private static final ResponseSanitizer ANSWERS =
      new ResponseSanitizer(new ReloadableConfig(RelaySettings.of(Map.of())));
  private static final DeliveryPolicy POLICY =
      new DeliveryPolicy(RelaySettings.of(Map.of()), ANSWERS);

  private static Map<String, Reader> readers() {
    return Map.ofEntries(
        Map.entry("a message", body -> JsonResponse.message(JsonResponse.json("Acme", body))),
        Map.entry("a text", JsonResponse::text),
        Map.entry("the ledger", body -> ANSWERS.sanitize(text(body))),
        Map.entry(
            "a failure's body", body -> POLICY.judge(delivery(), failure(text(body), Map.of()))),
        Map.entry(
            "a failure's headers",
            body -> POLICY.judge(delivery(), failure("", Map.of("Retry-After", text(body))))),
        Map.entry(
            "an exception",
            body -> POLICY.judge(delivery(), new IllegalStateException(text(body)))),
        Map.entry("Enerflo's add lead", body -> new EnerfloOutcomes().leadAdded(body, null)),
        Map.entry("Enerflo's other responses", body -> EnerfloResponse.accepted(body, "the note")),
        Map.entry("Enerflo's statuses", body -> new EnerfloStatuses().learn(body)),
        Map.entry("Solar Proof's look-up", body -> new SolarProofOutcomes().customerId(body)),
        Map.entry("Solar Proof's update", body -> new SolarProofOutcomes().saved(body)),
        Map.entry(
            "Solar Proof's list",
            body ->
                new SolarProofCustomerPages()
                    .withPage(new SolarProofCustomerPages().noPages(), body)),
        Map.entry(
            "Solar Proof's subscriptions",
            body -> new SolarProofSubscriptionOutcomes().subscribed(body)),
        Map.entry(
            "Flip's enrollment",
            body -> new FlipOutcomes().updated(body, new FlipLink("x", "Flip's response"))),
        Map.entry("Flip's token", body -> new FlipTokens().keep(body)),
        Map.entry("an address", body -> AddressKey.of(text(body), text(body))));
  }

  private static Stream<Arguments> texts() {
    List<Arguments> all = new ArrayList<>();
    for (String piece :
        List.of("x", "@", "\"", "<", " ", "7", "a@", "@a ", "1 ", "+1(", "A_", "<p>", ".", "-1-")) {
      readers().keySet().forEach(reader -> all.add(Arguments.of(piece, reader)));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isReadInASecond(String piece, String reader) {
    String text = piece.repeat(MEBIBYTE / piece.length());
    byte[] bare = text.getBytes(StandardCharsets.UTF_8);
    byte[] json =
        JsonNodeFactory.instance
            .objectNode()
            .put("message", text)
            .put("code", text)
            .put("id", text)
            .put("access_token", text)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    readQuietly(readers().get(reader), "{}".getBytes(StandardCharsets.UTF_8));
    long before = processorTime();

    readQuietly(readers().get(reader), bare);
    readQuietly(readers().get(reader), json);

    assertThat(Duration.ofNanos(processorTime() - before)).isLessThan(BOUND);
  }

  @Test
  void aSecretAtTheCutOfTheLedgerIsNotHalfShown() {
    for (int at = 1980; at < 4200; at++) {
      String shown = ANSWERS.sanitize("x".repeat(at) + "enerflo-key/+" + "y".repeat(9000));
      assertThat(shown.replaceAll("[xy…*]", "")).isEmpty();
      assertThat(shown).hasSizeLessThanOrEqualTo(2001);
    }
    String many = "enerflo-key/+ ".repeat(1000);
    assertThat(ANSWERS.sanitize(many).replaceAll("[ …*]", "")).isEmpty();
  }

  private static void readQuietly(Reader reader, byte[] body) {
    try {
      reader.read(body);
    } catch (Exception anyOutcome) {
      assertThat(String.valueOf(anyOutcome.getMessage())).hasSizeLessThan(2 * MEBIBYTE);
    }
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static HttpOperationFailedException failure(String body, Map<String, String> headers) {
    return new HttpOperationFailedException("http://acme.invalid", 422, "no", null, headers, body);
  }

  private static Delivery delivery() {
    return new Delivery(
        1,
        "enerflo",
        1,
        Duration.ZERO,
        false,
        DeliveryOrigin.now(),
        QueueFixture.lead("1", "r1", "ada@example.com"));
  }
}
