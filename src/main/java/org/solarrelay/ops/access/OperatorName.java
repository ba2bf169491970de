package org.solarrelay.ops.access;

/** Cleans the name that an operator gives beside the shared token. */
public final class OperatorName {

  private static final int MAX_LENGTH = 100;

  private OperatorName() {}

  /**
   * Returns the name without control characters, cut to 100 characters; {@code operator} if the
   * name is empty.
   *
   * @param given the header {@code X-Operator} or the field of the login; null if absent
   */
  public static String name(String given) {
    String name = given == null ? "" : given.replaceAll("\\p{Cntrl}", " ").strip();
    if (name.isEmpty()) {
      return "operator";
    }
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH);
  }
}
