package org.solarrelay.topic;

/** What a stage needs is away; the same batch is handled again. */
final class StageUnavailableException extends RuntimeException {

  StageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
