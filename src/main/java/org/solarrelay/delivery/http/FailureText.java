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
   * @param step where the route failed; empty where that is not known
   */
  public static String of(String destination, Throwable failure, Optional<FailedStep> step) {
    if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
      return "the host name of %s is unknown".formatted(destination);
    }
    if (failure instanceof ConnectException) {
      return "%s cannot be reached%s".formatted(destination, detail(failure));
    }
    if (failure instanceof SSLException) {
      return "the TLS connection to %s fails%s".formatted(destination, detail(failure));
    }
    if (failure instanceof TimeoutException || failure instanceof SocketTimeoutException) {
      return "%s did not respond in time%s".formatted(destination, detail(failure));
    }
    if (failure instanceof IOException) {
      return "the call to %s failed%s".formatted(destination, detail(failure));
    }
    String where = step.map(at -> " in " + at.text()).orElse("");
    return "the route deliver-%s failed%s: %s"
        .formatted(destination, where, FailedStep.kind(failure));
  }

  private static String detail(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? "" : ": " + message;
  }
}
