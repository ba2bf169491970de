package org.solarrelay.vendor.crm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The callback that the relay sends to the CRM for an event.
 *
 * @param id the header {@code webhook-id}: the event's id in a form that a header carries, the same
 *     for each attempt; the CRM recognises duplicates by it
 * @param json the event as a structured CloudEvent, UTF-8
 */
public record CrmCallback(String id, byte[] json) {

  private static final int MAX_ID_LENGTH = 200;

  /** The callback of an event. An id that a header cannot carry is replaced by its SHA-256. */
  static CrmCallback of(String eventId, byte[] json) {
    boolean fits =
        !eventId.isEmpty()
            && eventId.length() <= MAX_ID_LENGTH
            && eventId.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return new CrmCallback(fits ? eventId : "sha256-" + sha256(eventId), json);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The signed callback.
   *
   * @param timestamp the header {@code webhook-timestamp}, in Unix seconds
   * @param signature the header {@code webhook-signature}: {@code v1,} and base64; it signs exactly
   *     the bytes of {@code json}
   */
  public record Signed(String id, long timestamp, String signature, byte[] json) {}
}
