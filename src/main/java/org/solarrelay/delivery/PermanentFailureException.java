package org.solarrelay.delivery;

/**
 * The destination will never take this delivery as it stands, whatever its HTTP status said: it
 * lacks a required field, or the body of a 2xx answer says it failed.
 */
public class PermanentFailureException extends RuntimeException {

  public PermanentFailureException(String reason) {
    super(reason);
  }
}
