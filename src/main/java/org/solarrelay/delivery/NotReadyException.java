package org.solarrelay.delivery;

/**
 * The delivery needs data that does not exist yet, such as an install or a link between two
 * systems. The relay retries, at first at short intervals. After the retry budget the delivery is
 * dead with this reason.
 */
public class NotReadyException extends RuntimeException {

  public NotReadyException(String message) {
    super(message);
  }
}
