package org.solarrelay.delivery.queue;

/** What an attempt tells of the destination as a whole, beside what it means for its event. */
public enum DestinationHealth {
  /** Nothing: the destination was not asked, or what failed is ours. */
  NONE,
  /** It is there and does its work. */
  UP,
  /** It says of itself that it does not work: 5xx, or the page of a gateway. */
  DOWN,
  /** There was no answer at all. */
  UNREACHABLE,
  /** It asks to be left alone for a while: 429. */
  BUSY,
  /** It does not accept our key. */
  KEY_REFUSED;

  /** Whether the event is not to blame where others fare the same. */
  public boolean isOutage() {
    return this != NONE && this != UP;
  }
}
