package org.solarrelay.delivery.queue;

/** What an attempt shows about the destination as a whole. */
public enum DestinationHealth {
  /** Nothing: the destination was not called, or the relay itself failed. */
  NONE,
  /** The destination responds and works. */
  UP,
  /** The destination reports that it does not work: 5xx, or the page of a gateway. */
  DOWN,
  /** The destination did not respond. */
  UNREACHABLE,
  /** The destination asks for a pause: 429. */
  BUSY,
  /** The destination rejects the key. */
  KEY_REFUSED;

  /**
   * Whether the failure is the destination's and not the event's, so that other events fail too.
   */
  public boolean isOutage() {
    return this != NONE && this != UP;
  }
}
