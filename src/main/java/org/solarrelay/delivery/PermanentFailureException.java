package org.solarrelay.delivery;

/**
 * No retry of this delivery can succeed, whatever the HTTP status: the event lacks a required
 * field, or the body of a 2xx response reports a failure.
 */
public class PermanentFailureException extends RuntimeException {

  public PermanentFailureException(String reason) {
    super(reason);
  }
}
