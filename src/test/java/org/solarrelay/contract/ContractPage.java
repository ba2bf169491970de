package org.solarrelay.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds the Markdown of a page from the contract's documents. */
final class ContractPage {

  static final String COMMAND = "mvn test -Dtest=ContractPagesTest -Dcontracts.write=true";

  private static final int LINE_LENGTH = 120;

  private final StringBuilder text = new StringBuilder();

  /** A paragraph in lines of at most 120 characters; nothing if it is blank. */
  ContractPage paragraph(String paragraph) {
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.strip().split("\\s+")) {
      if (line.length() + 1 + word.length() > LINE_LENGTH) {
        text.append(line).append("\n");
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    text.append(line).append(line.isEmpty() ? "" : "\n\n");
    return this;
  }

  ContractPage heading(int level, String heading) {
    text.append("#".repeat(level)).append(" ").append(heading).append("\n\n");
    return this;
  }

  /** Adds a table, unless it has no rows. */
  ContractPage table(List<String> head, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return this;
    }
    row(head);
    text.append("|").append("---|".repeat(head.size())).append("\n");
    rows.forEach(this::row);
    text.append("\n");
    return this;
  }

  ContractPage json(Node example) {
    text.append("```json\n").append(CompactJson.of(example.json()).strip()).append("\n```\n\n");
    return this;
  }

  /** A link to a heading, with GitHub's anchor. */
  static String link(String shown, String heading) {
    String anchor = heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    return "[%s](#%s)".formatted(shown, anchor);
  }

  /**
   * One row for each field of an object, nested fields below their object; required ones are bold.
   */
  static List<List<String>> fields(Node schema, String prefix) {
    List<List<String>> rows = new ArrayList<>();
    List<String> required = schema.get("required").texts();
    for (Map.Entry<String, Node> field : schema.get("properties").members().entrySet()) {
      String name = "`" + prefix + field.getKey() + "`";
      Node type = field.getValue();
      String example = type.has("examples") ? type.get("examples").json().path(0).toString() : "";
      rows.add(
          List.of(
              required.contains(field.getKey()) ? "**" + name + "**" : name,
              FieldType.of(type),
              type.text("description"),
              example.isEmpty() || example.startsWith("{") || example.length() > 60
                  ? ""
                  : "`" + example + "`"));
      rows.addAll(fields(type, prefix + field.getKey() + "."));
      if (type.has("items") && !type.get("items").refers()) {
        rows.addAll(fields(type.get("items"), prefix + field.getKey() + "[]."));
      }
    }
    return rows;
  }

  String render() {
    return text.toString().strip() + "\n";
  }

  private void row(List<String> cells) {
    text.append("|");
    for (String cell : cells) {
      text.append(" ").append(cell.strip().replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    text.append("\n");
  }
}
