package org.solarrelay.delivery;

/** The destination does not accept our key, though its HTTP status did not say 401 or 403. */
public class CredentialsRejectedException extends RuntimeException {

  public CredentialsRejectedException(String reason) {
    super(reason);
  }
}
