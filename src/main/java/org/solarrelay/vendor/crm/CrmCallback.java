package org.solarrelay.vendor.crm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the CRM is sent of an event.
 *
 * @param id the event's in the form that a header carries, the same for each attempt; the CRM
 *     recognises repeated callbacks by it
 * @param json the event as a structured CloudEvent, UTF-8
 */
public record CrmCallback(String id, byte[] json) {

  private static final int LONGEST_ID = 200;

  /** The callback of an event; an id that no header carries is replaced by its SHA-256. */
  static CrmCallback of(String eventId, byte[] json) {
    boolean fits =
        !eventId.isEmpty()
            && eventId.length() <= LONGEST_ID
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
   * The same, as it leaves now.
   *
   * @param timestamp Unix seconds
   * @param signature over exactly these bytes, {@code v1,} and base64
   */
  public record Signed(String id, long timestamp, String signature, byte[] json) {}
}
