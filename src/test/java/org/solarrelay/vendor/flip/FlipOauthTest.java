package org.solarrelay.vendor.flip;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.event.Event;

class FlipOauthTest {

  private static final String ID = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
  private static final String ENROLLMENT = "/v1/enrollments/" + ID;
  private static final String SECRET = "s+e&c%2Br=et";
  private static final Event EVENT =
      event("crm", "enrollment.changed", ID, "{\"status\":\"CREATED\"}");

  private VendorBench bench;

  @BeforeEach
  void start() {
    bench =
        VendorBench.start(
            "flip",
            FlipBeans.with(Optional.empty()),
            Map.of(
                "relay.destinations.flip.url", "VENDOR",
                "relay.flip.oauth-token-url", "VENDOR/token",
                "relay.flip.oauth-client-id", "client 1",
                "relay.flip.oauth-client-secret", SECRET));
    bench
        .vendor()
        .stubFor(get(urlEqualTo(ENROLLMENT)).willReturn(okJson(fixture("flip/enrollment.json"))));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aTokenIsRequestedWithClientCredentialsAndUsed() {
    token(okJson("{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));

    Exchange exchange = bench.deliver(EVENT, Map.of("Cookie", "a=b"));

    assertThat(exchange.getMessage().getBody()).isInstanceOf(Outcome.Skipped.class);
    bench
        .vendor()
        .verify(
            postRequestedFor(urlEqualTo("/token"))
                .withoutHeader("Cookie")
                .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
                .withFormParam("grant_type", equalTo("client_credentials"))
                .withFormParam("client_id", equalTo("client 1"))
                .withFormParam("client_secret", equalTo(SECRET)));
    bench
        .vendor()
        .verify(
            getRequestedFor(urlEqualTo(ENROLLMENT))
                .withHeader("Authorization", equalTo("Bearer t1")));
  }

  @Test
  void concurrentCallsShareOneToken() {
    token(okJson("{\"access_token\":\"t1\",\"expires_in\":3600}").withFixedDelay(300));

    List<CompletableFuture<Exchange>> calls =
        IntStream.range(0, 16)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> bench.deliver(EVENT)))
            .toList();

    assertThat(calls).allSatisfy(call -> assertThat(call.join().getException()).isNull());
    bench.vendor().verify(1, postRequestedFor(urlEqualTo("/token")));
  }

  @Test
  void waitingCallsReceiveTheFailureToo() {
    token(aResponse().withStatus(503).withFixedDelay(300));

    List<CompletableFuture<Exchange>> calls =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> bench.deliver(EVENT)))
            .toList();

    assertThat(calls)
        .allSatisfy(
            call ->
                assertThat(call.join().getException())
                    .isInstanceOf(HttpOperationFailedException.class));
    token(okJson("{\"access_token\":\"t2\",\"expires_in\":3600}"));
    assertThat(bench.deliver(EVENT).getException()).isNull();
  }

  @Test
  void aRejectedTokenIsRemoved() {
    token(okJson("{\"access_token\":\"t1\",\"expires_in\":3600}"));
    bench
        .vendor()
        .stubFor(
            get(urlEqualTo(ENROLLMENT))
                .withHeader("Authorization", equalTo("Bearer t1"))
                .willReturn(aResponse().withStatus(401)));

    assertThat(bench.deliver(EVENT).getException())
        .isInstanceOf(HttpOperationFailedException.class)
        .hasMessageContaining("401");
    token(okJson("{\"access_token\":\"t2\",\"expires_in\":3600}"));
    assertThat(bench.deliver(EVENT).getException()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void anUnknownClientIsNoFaultOfTheEvent(int status) {
    token(aResponse().withStatus(status).withBody("{\"error\":\"invalid_client\"}"));

    assertThat(bench.deliver(EVENT).getException())
        .isInstanceOf(CredentialsRejectedException.class)
        .hasMessageNotContaining(SECRET);
  }

  private void token(ResponseDefinitionBuilder response) {
    bench.vendor().stubFor(post(urlEqualTo("/token")).willReturn(response));
  }
}
