package org.solarrelay.event;

/** Computes ids for events whose sender gives none. */
public final class EventId {

  private EventId() {}

  /** A UUID that depends only on the parts and their order. */
  public static String of(String... parts) {
    return NameBasedUuid.of(parts);
  }
}
