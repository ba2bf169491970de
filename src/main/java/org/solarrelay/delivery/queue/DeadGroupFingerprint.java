package org.solarrelay.delivery.queue;

/**
 * SQL that folds the reasons of dead letters and computes the fingerprints of their groups. A
 * fingerprint stays the same over restarts and versions, because operators' notes refer to it.
 */
final class DeadGroupFingerprint {

  // e-mail addresses, and words with a digit, apart from the HTTP status after "returned"
  private static final String IDS =
      "'[^[:space:]@\"]+@[^[:space:]@\"]+"
          + "|((?<!returned )|(?![1-5][0-9]{2}\\M))\\m[[:alnum:]_-]*[0-9][[:alnum:]_-]*'";

  private static final int LENGTH = 12;

  private DeadGroupFingerprint() {}

  /** Folds the reason in a column: ids, numbers and e-mail addresses become {@code …}. */
  static String folded(String column) {
    return "regexp_replace(coalesce(%s, ''), %s, '…', 'g')".formatted(column, IDS);
  }

  /**
   * Computes a fingerprint: 12 hexadecimal digits.
   *
   * @param stage an expression, as are the others; one that a group does not have is {@code ''}
   * @param folded the folded reason
   */
  static String of(String stage, String destination, String source, String type, String folded) {
    String text =
        "concat_ws(chr(10), %s)"
            .formatted(String.join(", ", stage, destination, source, type, folded));
    return "left(encode(sha256(convert_to(%s, 'UTF8')), 'hex'), %d)".formatted(text, LENGTH);
  }

  /** The fingerprint of a dead delivery {@code d} of the event {@code e}. */
  static String ofDelivery() {
    return of("'deliver'", "d.destination", "''", "e.type", folded("d.reason"));
  }

  /** The fingerprint of a dead message, a row of {@code set_aside}. */
  static String ofMessage() {
    return of("stage", "''", "coalesce(source, '')", "''", folded("reason"));
  }
}
