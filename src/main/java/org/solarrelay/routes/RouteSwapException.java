package org.solarrelay.routes;

/** A file's routes cannot be started; the previous routes stay in force. */
final class RouteSwapException extends Exception {

  private final String file;

  RouteSwapException(String file, String message, Throwable cause) {
    super(message, cause);
    this.file = file;
  }

  String file() {
    return file;
  }
}
