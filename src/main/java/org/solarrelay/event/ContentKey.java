package org.solarrelay.event;

/**
 * Identifies duplicates of a webhook without an explicit id: the relay compares the webhook's
 * content with the latest content of the same scope.
 *
 * @param scope identifies the record and the kind of event; a UUID
 * @param content the SHA-256 of the webhook's content, in hex
 */
public record ContentKey(String scope, String content) {

  private static final String SEPARATOR = " ";

  /**
   * The key of a content in a scope.
   *
   * @param content the hash of the webhook's content
   * @param scopeParts texts that identify the record and the kind of event, such as the source, the
   *     event type, the id of an install and the id of its milestone
   */
  public static ContentKey of(String content, String... scopeParts) {
    return new ContentKey(NameBasedUuid.of(scopeParts), content);
  }

  /** Parses the result of {@link #toString}; null for a text without a space. */
  static ContentKey parse(String text) {
    String[] parts = text.split(SEPARATOR, 2);
    return parts.length == 2 ? new ContentKey(parts[0], parts[1]) : null;
  }

  @Override
  public String toString() {
    return scope + SEPARATOR + content;
  }
}
