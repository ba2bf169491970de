package org.solarrelay.event.normal;

/** Tests whether UTF-8 and PostgreSQL can store a character. */
public final class StorableCharacter {

  private StorableCharacter() {}

  /** False for U+0000 and for half a surrogate pair. */
  public static boolean test(int codePoint) {
    return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
  }
}
