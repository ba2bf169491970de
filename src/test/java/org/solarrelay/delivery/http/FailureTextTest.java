package org.solarrelay.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.routes.FailedStep;

class FailureTextTest {

  static Stream<Throwable> failures() {
    return Stream.of(
        new UnknownHostException("api.example.com"),
        new ConnectException("Connection refused: api.example.com/10.0.0.1:443"),
        new SSLHandshakeException("PKIX path building failed"),
        new TimeoutException("no result within PT2M"),
        new SocketTimeoutException(),
        new IOException("Connection was closed"),
        new JsonMappingException(null, "unexpected"),
        new NullPointerException(),
        new IllegalStateException("Ada Brook"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsASentenceWithoutNamesOfClasses(Throwable failure) {
    assertThat(FailureText.of("enerflo", failure, Optional.empty()))
        .contains("enerflo")
        .doesNotContainPattern("Exception|Error|java\\.|Ada")
        .hasSizeGreaterThan(20);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        arguments(new UnknownHostException("flip.example.com"), "the host name of Flip is unknown"),
        arguments(new UnresolvedAddressException(), "the host name of Flip is unknown"),
        arguments(
            new ConnectException("Connection refused"),
            "Flip cannot be reached: Connection refused"),
        arguments(
            new SSLHandshakeException("PKIX path building failed"),
            "the TLS connection to Flip fails: PKIX path building failed"),
        arguments(
            new TimeoutException("no result within PT2M"),
            "Flip did not respond in time: no result within PT2M"),
        arguments(new SocketTimeoutException(), "Flip did not respond in time"),
        arguments(
            new IOException("Connection was closed"),
            "the call to Flip failed: Connection was closed"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aFailureOfACallIsASentence(Throwable failure, String sentence) {
    assertThat(FailureText.ofCall("Flip", failure)).contains(sentence);
  }

  @Test
  void anotherFailureIsNotOneOfACall() {
    assertThat(FailureText.ofCall("Flip", new NullPointerException())).isEmpty();
  }

  @Test
  void aFailureOfARouteNamesStepFileLineAndExpression() {
    FailedStep step = new FailedStep("filter", "deliver-enerflo.camel.yaml", 12, "${body.data[a]}");

    assertThat(FailureText.of("enerflo", new NullPointerException(), Optional.of(step)))
        .isEqualTo(
            "the route deliver-enerflo failed in step filter (deliver-enerflo.camel.yaml:12),"
                + " expression ${body.data[a]}: null pointer");
  }
}
