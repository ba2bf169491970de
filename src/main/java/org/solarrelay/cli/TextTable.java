package org.solarrelay.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their widest cell. */
final class TextTable {

  /** How a cell is shown, filled up to its width; null where it is as it is. */
  interface Look {
    String cell(int column, String text, int width);
  }

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... titles) {
    rows.add(List.of(titles));
  }

  void add(List<String> row) {
    rows.add(row.stream().map(TerminalText::text).toList());
  }

  void print(PrintWriter out, Look look) {
    for (int row = 0; row < rows.size(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < rows.get(row).size(); column++) {
        String cell = rows.get(row).get(column);
        int width = width(column);
        String shown = row == 0 ? null : look.cell(column, cell, width);
        line.append(shown == null ? ("%-" + width + "s").formatted(cell) : shown).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }
}
