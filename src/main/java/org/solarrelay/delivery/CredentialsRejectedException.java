package org.solarrelay.delivery;

/**
 * The destination rejects the relay's key, although the status of the response is neither 401 nor
 * 403.
 */
public class CredentialsRejectedException extends RuntimeException {

  public CredentialsRejectedException(String reason) {
    super(reason);
  }
}
