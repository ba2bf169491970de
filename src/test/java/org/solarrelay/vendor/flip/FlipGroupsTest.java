package org.solarrelay.vendor.flip;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.http.VendorBench;

/** The kamelets of groups, which no default route calls. */
class FlipGroupsTest {

  private static final String GROUPS = "/v1/programs/north-1/groups";
  private static final String NORTH = "{\"id\":\"north\",\"name\":\"North\"}";

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench =
        VendorBench.start(
            "flip",
            FlipBeans.with(Optional.of("north-1")),
            Map.of(
                "relay.destinations.flip.url", "VENDOR",
                "relay.destinations.flip.api-key", "fl_key",
                "relay.flip.program-id", "north-1"));
    bench.vendor().stubFor(get(urlEqualTo(GROUPS)).willReturn(okJson("[" + NORTH + "]")));
    bench.vendor().stubFor(post(urlEqualTo(GROUPS)).willReturn(okJson(NORTH)));
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Test
  void theGroupsOfTheProgramAreListed() {
    assertThat(call("flip-list-groups-action", null)).isEqualTo("[" + NORTH + "]");
    bench
        .vendor()
        .verify(
            getRequestedFor(urlEqualTo(GROUPS))
                .withoutHeader("Cookie")
                .withHeader("Authorization", equalTo("Bearer fl_key")));
  }

  @Test
  void aGroupIsCreated() {
    assertThat(call("flip-create-group-action", NORTH)).isEqualTo(NORTH);
    bench
        .vendor()
        .verify(
            postRequestedFor(urlEqualTo(GROUPS))
                .withHeader("Authorization", equalTo("Bearer fl_key"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson(NORTH)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a?b", "a%2fb"})
  void aProgramThatCannotBePartOfAPathIsRejected(String program) {
    int before = bench.vendor().findAll(anyRequestedFor(anyUrl())).size();

    assertThat(send("flip-list-groups-action?programId=RAW(" + program + ")", null).isFailed())
        .isTrue();
    assertThat(bench.vendor().findAll(anyRequestedFor(anyUrl()))).hasSize(before);
  }

  private static String call(String kamelet, String body) {
    Exchange exchange = send(kamelet, body);
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
    return new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8);
  }

  private static Exchange send(String kamelet, String body) {
    return bench
        .context()
        .createProducerTemplate()
        .send(
            "kamelet:" + kamelet,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeader("Cookie", "a=b");
            });
  }
}
