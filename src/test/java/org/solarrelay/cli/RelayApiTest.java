package org.solarrelay.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands against a stub of a relay: paging, errors, and a server that is no relay. */
@WireMockTest
class RelayApiTest {

  private Terminal terminal;
  private WireMockRuntimeInfo server;

  @BeforeEach
  void setUrl(WireMockRuntimeInfo server) {
    this.server = server;
    this.terminal = new Terminal().set("RELAY_URL", server.getHttpBaseUrl() + "/");
  }

  @Test
  void pagesAreListedUpToTheLimit() throws Exception {
    page(absent(), 1, 500, "\"500\"");
    page(equalTo("500"), 501, 620, "\"620\"");

    Terminal.Done done = terminal.relay("deliveries", "--limit", "620", "--json");

    var list = new ObjectMapper().readTree(done.out());
    assertThat(list.path("items")).hasSize(620);
    assertThat(list.path("next").asText()).isEqualTo("620");
    assertThat(terminal.relay("deliveries", "--limit", "620").err())
        .contains("The newest 620; --limit shows more");
  }

  @Test
  void aServerThatIsNoRelayIsReported() {
    stubAll(aResponse().withBody("<html>Welcome to another program</html>"));

    Terminal.Done done = terminal.relay("explain", "x");
    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("responds with HTTP 200, but not like Solar Relay");
  }

  @Test
  void aRejectedTokenIsReportedWithAdvice() {
    stubAll(aResponse().withStatus(401).withBody("{\"status\":401,\"detail\":\"No\"}"));

    Terminal.Done done = terminal.relay("deliveries", "--token", "wrong-one");
    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("RELAY_OPERATOR_TOKEN").doesNotContain("wrong-one");
  }

  @Test
  void anErrorOfTheRelayIsPrintedWithItsDetail() {
    stubAll(
        aResponse().withStatus(503).withBody("{\"detail\":\"The database cannot be reached\"}"));

    Terminal.Done done = terminal.relay("deliveries");
    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("The database cannot be reached");
  }

  private void page(StringValuePattern cursor, int first, int last, String next) {
    String items =
        IntStream.rangeClosed(first, last)
            .mapToObj(id -> "{\"id\":%d,\"createdAt\":\"2026-03-01T10:00:00Z\"}".formatted(id))
            .collect(Collectors.joining(","));
    server
        .getWireMock()
        .register(
            get(urlPathEqualTo("/api/deliveries"))
                .withQueryParam("cursor", cursor)
                .withQueryParam("limit", equalTo(Integer.toString(last - first + 1)))
                .willReturn(okJson("{\"items\":[%s],\"next\":%s}".formatted(items, next))));
  }

  private void stubAll(ResponseDefinitionBuilder response) {
    server.getWireMock().register(any(anyUrl()).willReturn(response));
  }
}
