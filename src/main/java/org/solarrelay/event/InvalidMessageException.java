package org.solarrelay.event;

/** An invalid message. The text says what is wrong and where, without values of the data. */
public class InvalidMessageException extends RuntimeException {

  public InvalidMessageException(String reason) {
    super(reason);
  }
}
