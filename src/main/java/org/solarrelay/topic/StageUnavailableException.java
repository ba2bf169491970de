package org.solarrelay.topic;

/** PostgreSQL or Kafka is unavailable. The stage handles the same batch again. */
public final class StageUnavailableException extends RuntimeException {

  public StageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
