package org.solarrelay.delivery;

/** The destination rejects the relay's key, although its HTTP status is neither 401 nor 403. */
public class CredentialsRejectedException extends RuntimeException {

  public CredentialsRejectedException(String reason) {
    super(reason);
  }
}
