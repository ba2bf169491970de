package org.solarrelay.delivery;

/** The destination does not accept our key, though its HTTP status did not say 401 or 403. */
public class AccessDeniedException extends RuntimeException {

  public AccessDeniedException(String reason) {
    super(reason);
  }
}
