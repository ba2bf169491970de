package org.solarrelay.delivery.api;

/** Who asks, as far as it is told: the token is the same for all operators. */
final class Operators {

  private static final int LONGEST = 100;

  private Operators() {}

  /**
   * @param header {@code X-Operator}, null where it was not sent
   */
  static String name(String header) {
    String name = header == null ? "" : header.replaceAll("\\p{Cntrl}", " ").strip();
    if (name.isEmpty()) {
      return "operator";
    }
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
