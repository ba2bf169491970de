package org.solarrelay.event;

/**
 * What a webhook without an explicit id is compared by. The relay compares the content of a webhook
 * with the latest one of the same scope.
 *
 * @param scope the record and the kind of event, as a UUID
 * @param content the SHA-256 of what the webhook says, in hex
 */
public record ContentKey(String scope, String content) {

  private static final String SEPARATOR = " ";

  /**
   * @param content what the webhook says
   * @param scope what names the record and the kind of event, such as the source, the event type,
   *     the id of an install and the id of its milestone
   */
  public static ContentKey of(String content, String... scope) {
    return new ContentKey(EventId.of(scope), content);
  }

  /** The key that {@link #toString} has written; null where the text is none. */
  static ContentKey parse(String text) {
    String[] parts = text.split(SEPARATOR, 2);
    return parts.length == 2 ? new ContentKey(parts[0], parts[1]) : null;
  }

  @Override
  public String toString() {
    return scope + SEPARATOR + content;
  }
}
