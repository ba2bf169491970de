package org.solarrelay.delivery;

/**
 * What the event needs is not there yet: an install, a link between two systems. It is tried again,
 * at first at short intervals, and dead with this reason when its budget is spent.
 */
public class NotReadyException extends RuntimeException {

  public NotReadyException(String message) {
    super(message);
  }
}
