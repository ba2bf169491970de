package org.solarrelay.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates receipts of webhooks. A receipt is a UUID of version 7 (RFC 9562): it begins with the
 * time of its creation, by which a webhook is found on its topic.
 */
public final class Receipt {

  private static final int TIME_ORDERED = 7;

  private Receipt() {}

  /** A new receipt. */
  public static String create() {
    return create(Instant.now());
  }

  static String create(Instant at) {
    UUID random = UUID.randomUUID();
    long high =
        at.toEpochMilli() << 16 | TIME_ORDERED << 12 | random.getMostSignificantBits() & 0xfff;
    return new UUID(high, random.getLeastSignificantBits()).toString();
  }

  /** The time at which a receipt was issued; empty for a text that is no receipt. */
  public static Optional<Instant> issuedAt(String receipt) {
    try {
      UUID uuid = UUID.fromString(receipt);
      boolean ours = uuid.version() == TIME_ORDERED && uuid.toString().equals(receipt);
      return ours
          ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
