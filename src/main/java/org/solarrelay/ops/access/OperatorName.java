package org.solarrelay.ops.access;

/** Reads the operator's name from a request; all operators share one token. */
public final class OperatorName {

  private static final int MAX_LENGTH = 100;

  private OperatorName() {}

  /**
   * Returns the name without control characters, at most 100 characters; {@code operator} if there
   * is none.
   *
   * @param header {@code X-Operator}; null if it was not sent
   */
  public static String name(String header) {
    String name = header == null ? "" : header.replaceAll("\\p{Cntrl}", " ").strip();
    if (name.isEmpty()) {
      return "operator";
    }
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH);
  }
}
