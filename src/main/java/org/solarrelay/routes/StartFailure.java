package org.solarrelay.routes;

/** Why Camel could not start something, in one line. */
final class StartFailure {

  private StartFailure() {}

  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage());
    return text.lines().findFirst().orElse(cause.getClass().getSimpleName()).strip();
  }
}
