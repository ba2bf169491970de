package org.solarrelay.console;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes lines of CSV (RFC 4180). A spreadsheet must not run a value as a formula. */
final class CsvLine {

  private static final String FORMULA = "=+-@\t\r";

  private CsvLine() {}

  /**
   * @param values null for an empty cell
   */
  static String of(Object... values) {
    return Stream.of(values).map(CsvLine::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(Object value) {
    String text = Objects.toString(value, "");
    boolean formula =
        value instanceof String && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
