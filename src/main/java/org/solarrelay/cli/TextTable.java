package org.solarrelay.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints rows in aligned columns. */
final class TextTable {

  /** Formats a cell, padded to the column's width; null for plain text. */
  interface CellFormat {
    String cell(int column, String text, int width);
  }

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... titles) {
    rows.add(List.of(titles));
  }

  void add(List<String> row) {
    rows.add(row.stream().map(TerminalText::clean).toList());
  }

  /** Prints all cells as plain text. */
  void print(PrintWriter out) {
    print(out, (column, cell, width) -> null);
  }

  void print(PrintWriter out, CellFormat format) {
    for (int row = 0; row < rows.size(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < rows.get(row).size(); column++) {
        String cell = rows.get(row).get(column);
        int width = width(column);
        String formatted = row == 0 ? null : format.cell(column, cell, width);
        line.append(formatted == null ? ("%-" + width + "s").formatted(cell) : formatted)
            .append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }
}
