package org.solarrelay.vendor.enerflo.project;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.RelaySettings;

class EnerfloLookupFailureTest {

  private final EnerfloLookupFailure lookupFailure =
      new EnerfloLookupFailure(RelaySettings.of(Map.of()));

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new UnknownHostException("enerflo.io"), "the host name of Enerflo is unknown"),
        arguments(
            new ConnectException("Connection refused"),
            "Enerflo cannot be reached: Connection refused"),
        arguments(
            new SSLHandshakeException("PKIX path building failed"),
            "the TLS connection to Enerflo fails: PKIX path building failed"),
        arguments(
            new SocketTimeoutException("No response within PT30S"),
            "Enerflo did not respond in time: No response within PT30S"),
        arguments(
            new IOException("Connection was closed"),
            "the call to Enerflo failed: Connection was closed"),
        arguments(
            new CredentialsRejectedException("Enerflo does not accept this key"),
            "Enerflo does not accept this key"),
        arguments(new IllegalStateException("Ada Brook"), "illegal state"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureWithoutAResponseIsRetried(Exception failure, String sentence) {
    assertThatThrownBy(() -> lookupFailure.judge(failure))
        .isInstanceOf(NotReadyException.class)
        .hasMessage("Enerflo did not return the missing data: " + sentence);
  }

  @Test
  void aPermanentStatusIsAPermanentFailure() {
    assertThatThrownBy(() -> lookupFailure.judge(responded(422)))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Enerflo returned 422 to a request for missing data");
  }

  @Test
  void aTransientStatusIsRetried() {
    assertThatThrownBy(() -> lookupFailure.judge(responded(503)))
        .isInstanceOf(NotReadyException.class)
        .hasMessage("Enerflo returned 503 to a request for missing data");
  }

  private static HttpOperationFailedException responded(int status) {
    return new HttpOperationFailedException("http://localhost:1", status, "", "", Map.of(), "");
  }
}
