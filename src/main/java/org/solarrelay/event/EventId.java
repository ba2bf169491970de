package org.solarrelay.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Computes ids for events whose sender gives none. The same content always has the same id. */
public final class EventId {

  private EventId() {}

  /** A UUID that depends only on the parts and their order. */
  public static String of(String... parts) {
    String name = String.join("\u0000", parts);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
