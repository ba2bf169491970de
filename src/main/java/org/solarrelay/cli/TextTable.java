package org.solarrelay.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints rows in aligned columns. */
final class TextTable {

  /** Formats the text of a cell, padded to the column's width. */
  interface CellFormat {
    String format(String text, int width);
  }

  private static final CellFormat PLAIN = (text, width) -> ("%-" + width + "s").formatted(text);

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... titles) {
    rows.add(List.of(titles));
  }

  void add(List<String> row) {
    rows.add(row.stream().map(TerminalText::clean).toList());
  }

  /** Prints all cells as plain text. */
  void print(PrintWriter out) {
    print(out, "", PLAIN);
  }

  /**
   * Prints the cells of one column in a format, and all others as plain text.
   *
   * @param formatted the title of the column whose cells get the format
   */
  void print(PrintWriter out, String formatted, CellFormat format) {
    int formattedColumn = rows.get(0).indexOf(formatted);
    for (int row = 0; row < rows.size(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < rows.get(row).size(); column++) {
        CellFormat cellFormat = row > 0 && column == formattedColumn ? format : PLAIN;
        line.append(cellFormat.format(rows.get(row).get(column), width(column))).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }
}
