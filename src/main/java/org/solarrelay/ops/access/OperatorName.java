package org.solarrelay.ops.access;

/** Who makes a request, as far as it says so: the token is the same for all operators. */
public final class OperatorName {

  private static final int LONGEST = 100;

  private OperatorName() {}

  /**
   * @param header {@code X-Operator}, null where it was not sent
   */
  public static String name(String header) {
    String name = header == null ? "" : header.replaceAll("\\p{Cntrl}", " ").strip();
    if (name.isEmpty()) {
      return "operator";
    }
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
