package org.solarrelay.routes;

/** A file's routes can not be started; what was in force still is. */
final class SwapException extends Exception {

  private final String file;

  SwapException(String file, String message, Throwable cause) {
    super(message, cause);
    this.file = file;
  }

  String file() {
    return file;
  }
}
