package org.solarrelay.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Markdown that is rendered from the contract's documents, line by line. */
final class ContractPage {

  static final String COMMAND = "mvn test -Dtest=ContractPagesTest -Dcontracts.write=true";

  private final StringBuilder text = new StringBuilder();

  /** A paragraph; nothing where it is blank. */
  ContractPage paragraph(String paragraph) {
    if (!paragraph.isBlank()) {
      text.append(paragraph.strip()).append("\n\n");
    }
    return this;
  }

  ContractPage heading(int level, String heading) {
    return paragraph("#".repeat(level) + " " + heading);
  }

  /** A table; nothing where it has no rows. */
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
    return paragraph("```json\n" + ShortJson.of(example.json()) + "\n```");
  }

  /** What GitHub makes of a heading, to link to it. */
  static String link(String shown, String heading) {
    String anchor = heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    return "[%s](#%s)".formatted(shown, anchor);
  }

  /**
   * Rows that tell of an object's fields, those of its objects below it; required ones are bold.
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
