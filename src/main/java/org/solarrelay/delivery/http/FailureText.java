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

/** Describes a call that failed without a response. The text names no Java class. */
public final class FailureText {

  private FailureText() {}

  /**
   * Describes a failed delivery.
   *
   * @param step the route's step that failed; empty where it is unknown
   */
  public static String of(String destination, Throwable failure, Optional<FailedStep> step) {
    return ofCall(destination, failure).orElseGet(() -> ofRoute(destination, failure, step));
  }

  /**
   * Describes a failed call.
   *
   * @param system the name of the called system
   * @return empty where the failure is not a call's
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
    String where = step.map(failed -> " in " + failed.text()).orElse("");
    return "the route deliver-%s failed%s: %s"
        .formatted(destination, where, FailedStep.kind(failure));
  }

  private static String detail(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? "" : ": " + message;
  }
}
