package org.solarrelay.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes a text of any length fit a B-tree index, whose rows hold 2,704 bytes. A longer text becomes
 * its start and its hash, so equal texts stay equal and different texts stay different.
 */
public final class IndexKey {

  private static final int LONGEST_BYTES = 640;
  private static final int START = 100;

  private IndexKey() {}

  /** The key of a text: the text itself where it is short enough; null stays null. */
  public static String of(String text) {
    if (text == null || text.length() * 3L <= LONGEST_BYTES) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_BYTES) {
      return text;
    }
    int start = Character.isHighSurrogate(text.charAt(START - 1)) ? START - 1 : START;
    return text.substring(0, start) + "#" + HexFormat.of().formatHex(sha256(bytes));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
