package org.solarrelay.routes;

/** A file's routes can not be started; what was in force still is. */
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
