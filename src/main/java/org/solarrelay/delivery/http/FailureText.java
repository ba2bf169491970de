package org.solarrelay.delivery.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.solarrelay.routes.FailedStep;

/** Describes a failure without a response as a sentence, without names of classes. */
public final class FailureText {

  private FailureText() {}

  /**
   * A failure of a delivery.
   *
   * @param step where the route failed; empty where that is not known
   */
  public static String of(String destination, Throwable failure, Optional<FailedStep> step) {
    return ofCall(destination, failure).orElseGet(() -> ofRoute(destination, failure, step));
  }

  /**
   * A failure of a call.
   *
   * @param system that was called, as the sentence names it
   * @return empty where the failure is not one of a call
   */
  public static Optional<String> ofCall(String system, Throwable failure) {
    if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
      return Optional.of("the host name of %s is unknown".formatted(system));
    }
    if (failure instanceof ConnectException) {
      return Optional.of("%s cannot be reached%s".formatted(system, detail(failure)));
    }
    if (failure instanceof SSLException) {
      return Optional.of("the TLS connection to %s fails%s".formatted(system, detail(failure)));
    }
    if (failure instanceof TimeoutException || failure instanceof SocketTimeoutException) {
      return Optional.of("%s did not respond in time%s".formatted(system, detail(failure)));
    }
    if (failure instanceof IOException) {
      return Optional.of("the call to %s failed%s".formatted(system, detail(failure)));
    }
    return Optional.empty();
  }

  private static String ofRoute(String destination, Throwable failure, Optional<FailedStep> step) {
    String where = step.map(at -> " in " + at.text()).orElse("");
    return "the route deliver-%s failed%s: %s"
        .formatted(destination, where, FailedStep.kind(failure));
  }

  private static String detail(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? "" : ": " + message;
  }
}
