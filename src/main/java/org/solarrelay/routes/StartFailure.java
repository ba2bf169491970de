package org.solarrelay.routes;

import java.util.Objects;

/** Why Camel could not start something, in one line. */
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
