package org.solarrelay.event;

/** A message that makes no sense as it stands. The text says what is wrong and where. */
public class InvalidMessageException extends RuntimeException {

  public InvalidMessageException(String reason) {
    super(reason);
  }
}
