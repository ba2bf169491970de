package org.solarrelay.routes;

import java.util.Objects;

/** Reduces an exception of Camel's start to one line. */
final class StartFailure {

  private StartFailure() {}

  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String text = Objects.requireNonNullElse(cause.getMessage(), "");
    return text.lines().findFirst().orElseGet(() -> FailedStep.kind(failure)).strip();
  }
}
