package org.solarrelay.delivery.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long responses to {@code http:} share their room in memory with those to vendors' calls. */
class RouteHttpMemoryTest {

  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  private final WireMockServer vendor = new WireMockServer(options().dynamicPort());
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    vendor.start();
    vendor.stubFor(
        any(anyUrl()).willReturn(aResponse().withBody(new byte[BoundedBodyCodec.LONGEST])));
  }

  @AfterEach
  void stop() {
    camel.stop();
    vendor.stop();
  }

  @Test
  void longResponsesWaitForTheirTurnAndGiveItBack() throws Exception {
    ProducerTemplate calls = calls(PATIENT, new ResponsePermits(1, () -> {}));

    List<CompletableFuture<Exchange>> ends =
        Stream.generate(() -> calls.asyncSend(url(), exchange -> {})).limit(6).toList();

    for (CompletableFuture<Exchange> end : ends) {
      Exchange exchange = end.get(20, TimeUnit.SECONDS);
      assertThat(exchange.getException()).isNull();
      assertThat(exchange.getMessage().getBody(byte[].class)).hasSize(BoundedBodyCodec.LONGEST);
    }
  }

  @Test
  void aLongResponseWithoutRoomFailsAndAShortOneDoesNot() {
    ProducerTemplate calls = calls(IMPATIENT, new ResponsePermits(0, () -> {}));

    Exchange refused = calls.send(url(), exchange -> {});
    vendor.stubFor(any(anyUrl()).willReturn(aResponse().withBody("short")));
    Exchange taken = calls.send(url(), exchange -> {});

    assertThat(refused.getException())
        .hasMessage("There was no memory for a long response within PT0.3S");
    assertThat(taken.getMessage().getBody(String.class)).isEqualTo("short");
  }

  private ProducerTemplate calls(Duration responseTimeout, ResponsePermits permits) {
    camel.addComponent(
        "http", new RouteHttpComponent(Duration.ofSeconds(5), responseTimeout, 32, permits));
    camel.start();
    return camel.createProducerTemplate();
  }

  private String url() {
    return vendor.baseUrl() + "/list?httpMethod=GET";
  }
}
