package org.solarrelay.topic;

/** What a stage needs is away; the same batch is handled again. */
public final class StageUnavailableException extends RuntimeException {

  public StageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
