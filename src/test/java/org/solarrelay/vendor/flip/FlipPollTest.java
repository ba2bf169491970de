package org.solarrelay.vendor.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.solarrelay.LogCapture;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.RelaySettings;

class FlipPollTest {

  private final FlipPoll poll =
      new FlipPoll(RelaySettings.of(Map.of()), new PGSimpleDataSource(), new SimpleMeterRegistry());

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new UnknownHostException("flip.example.com"), "the host name of Flip is unknown"),
        arguments(
            new ConnectException("Connection refused"),
            "Flip cannot be reached: Connection refused"),
        arguments(
            new SSLHandshakeException("PKIX path building failed"),
            "the TLS connection to Flip fails: PKIX path building failed"),
        arguments(
            new SocketTimeoutException("No response within PT30S"),
            "Flip did not respond in time: No response within PT30S"),
        arguments(
            new IOException("Flip returned 200 with something that is not JSON"),
            "the call to Flip failed: Flip returned 200 with something that is not JSON"),
        arguments(responded(503), "Flip returned 503"),
        arguments(responded(401), "Flip returned 401, it does not accept our key"),
        arguments(
            new CredentialsRejectedException(
                "Flip does not accept this OAuth2 client id and secret"),
            "Flip does not accept this OAuth2 client id and secret"),
        arguments(
            new SQLException("Connection to localhost:5432 refused."),
            "PostgreSQL is unavailable: Connection to localhost:5432 refused."),
        arguments(
            new ExecutionException(new IOException("Topic solar.enrollments not present")),
            "Kafka is unavailable: Topic solar.enrollments not present"),
        arguments(new IllegalStateException("Ada Brook"), "illegal state"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aPollThatFailsIsLoggedAsOneSentence(Exception failure, String sentence) {
    try (LogCapture watch = LogCapture.open()) {
      poll.failed(failure);

      assertThat(watch.lines())
          .contains("The poll of Flip's enrollments failed, the next one is in PT5M: " + sentence);
    }
  }

  private static HttpOperationFailedException responded(int status) {
    return new HttpOperationFailedException("http://localhost:1", status, "", "", Map.of(), "Ada");
  }
}
