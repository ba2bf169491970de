package org.solarrelay.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Computes UUIDs from texts: the same texts in the same order give the same UUID. */
final class NameBasedUuid {

  private NameBasedUuid() {}

  static String of(String... parts) {
    String name = String.join("\u0000", parts);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
