package org.solarrelay.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids for events whose sender gives none: the same content always makes the same id. */
public final class EventId {

  private EventId() {}

  /** A UUID that depends on nothing but the parts and their order. */
  public static String of(String... parts) {
    String name = String.join("\u0000", parts);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
