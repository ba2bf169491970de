package org.solarrelay.delivery.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every destination's route owes the delivery policy when its vendor fails. */
public interface VendorFailureContract {

  VendorBench bench();

  /** Delivers an ordinary event, with these headers on the message. */
  Exchange deliver(Map<String, Object> headers);

  /** The secret that may be seen by the vendor alone. */
  String key();

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 422, 500, 503, 504})
  default void aFailureStatusIsReportedAsSuch(int status) {
    respond(bench(), aResponse().withStatus(status).withBody("{\"message\":\"no\"}"));

    failure()
        .asInstanceOf(type(HttpOperationFailedException.class))
        .extracting(HttpOperationFailedException::getStatusCode)
        .isEqualTo(status);
  }

  @Test
  default void anHtmlPageThatSaysTooManyRequestsKeepsItsRetryAfter() {
    respond(
        bench(),
        aResponse()
            .withStatus(429)
            .withHeader("Content-Type", "text/html")
            .withHeader("Retry-After", "41")
            .withBody("<html>Too many requests.</html>"));

    failure()
        .asInstanceOf(type(HttpOperationFailedException.class))
        .satisfies(
            refused -> {
              assertThat(refused.getStatusCode()).isEqualTo(429);
              assertThat(refused.getResponseHeaders()).containsEntry("Retry-After", "41");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"RANDOM_DATA_THEN_CLOSE", "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
  default void aConnectionThatBreaksIsAnInputOutputFailure(String fault) {
    respond(bench(), aResponse().withFault(Fault.valueOf(fault)));

    failure().isInstanceOf(IOException.class);
  }

  @Test
  default void aConnectionCutInTheMiddleOfTheAnswerIsAnInputOutputFailure() {
    respond(bench(), aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK));

    failure().isInstanceOf(IOException.class);
  }

  @Test
  default void aVendorThatHangsIsGivenUp() {
    respond(bench(), aResponse().withFixedDelay(20_000));

    failure().isInstanceOf(IOException.class).hasMessageContaining("No response within");
  }

  @Test
  default void anAnswerWithoutEndIsGivenUp() {
    respond(bench(), aResponse().withBody("[\"" + "x".repeat(BoundedBodyCodec.LONGEST) + "\"]"));

    failure().isInstanceOf(IOException.class).hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 422, 503})
  default void aFailureOfTwoMebibytesIsReportedByItsStatusAndItsBeginning(int status) {
    String page = "x".repeat(2 * BoundedBodyCodec.LONGEST);
    respond(bench(), aResponse().withStatus(status).withBody(page));

    failure()
        .asInstanceOf(type(HttpOperationFailedException.class))
        .satisfies(
            refused -> {
              assertThat(refused.getStatusCode()).isEqualTo(status);
              assertThat(refused.getResponseBody()).hasSizeLessThan(BoundedBodyCodec.LONGEST);
            });
  }

  @Test
  default void aRedirectIsAFailureAndIsNotFollowed() {
    WireMockServer elsewhere = new WireMockServer(options().dynamicPort());
    elsewhere.start();
    try {
      String target = elsewhere.baseUrl() + "/elsewhere";
      respond(bench(), aResponse().withStatus(307).withHeader("Location", target));

      failure()
          .asInstanceOf(type(HttpOperationFailedException.class))
          .extracting(HttpOperationFailedException::getStatusCode)
          .isEqualTo(307);
      elsewhere.verify(0, anyRequestedFor(anyUrl()));
    } finally {
      elsewhere.stop();
    }
  }

  @Test
  default void noHeaderOfAMessageCanSendTheCallElsewhere() {
    WireMockServer elsewhere = new WireMockServer(options().dynamicPort());
    elsewhere.start();
    try {
      respond(bench(), aResponse().withStatus(404));
      String there = elsewhere.baseUrl();

      Exchange exchange =
          deliver(
              Map.of(
                  "CamelHttpUri", there,
                  "CamelRestHttpUri", there,
                  "CamelHttpPath", "/../elsewhere",
                  "CamelHttpQuery", "elsewhere=1",
                  "CamelRestHttpQuery", "elsewhere=1",
                  "CamelHttpMethod", "DELETE",
                  "CamelHttpRawQuery", "elsewhere=1",
                  "Host", "elsewhere.example"));

      assertThat(exchange.getException()).isInstanceOf(HttpOperationFailedException.class);
      elsewhere.verify(0, anyRequestedFor(anyUrl()));
      assertThat(bench().vendor().getAllServeEvents())
          .isNotEmpty()
          .allSatisfy(
              call -> {
                assertThat(call.getRequest().getUrl()).doesNotContain("elsewhere");
                assertThat(call.getRequest().getHost()).isEqualTo("localhost");
                assertThat(call.getRequest().getMethod().getName()).isNotEqualTo("DELETE");
              });
    } finally {
      elsewhere.stop();
    }
  }

  static void respond(VendorBench bench, ResponseDefinitionBuilder response) {
    bench.vendor().stubFor(any(anyUrl()).atPriority(1).willReturn(response));
  }

  /** The failure of an ordinary delivery; whatever it is, the key is not in it. */
  private AbstractThrowableAssert<?, ? extends Throwable> failure() {
    Exception failure = deliver(Map.of()).getException();
    assertThat(failure).isNotNull();
    StringWriter everything = new StringWriter();
    failure.printStackTrace(new PrintWriter(everything));
    assertThat(everything.toString())
        .doesNotContain(key(), URLEncoder.encode(key(), StandardCharsets.UTF_8));
    return assertThat(failure);
  }
}
