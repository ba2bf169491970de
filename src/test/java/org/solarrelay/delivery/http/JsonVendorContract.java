package org.solarrelay.delivery.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Further rules for a route whose vendor responds in JSON. */
public interface JsonVendorContract extends VendorFailureContract {

  @ParameterizedTest
  @ValueSource(strings = {"<html>Welcome to the gateway</html>", "", "{\"result\":\"succ", "42"})
  default void aTwoHundredThatIsNoAnswerOfTheVendorIsAnInputOutputFailure(String body) {
    VendorFailureContract.respond(
        bench(), aResponse().withHeader("Content-Type", "text/html").withBody(body));

    assertThat(deliver(Map.of()).getException())
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("returned 200 with something that is not JSON");
  }
}
