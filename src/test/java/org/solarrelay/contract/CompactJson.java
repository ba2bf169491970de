package org.solarrelay.contract;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Formats JSON for pages: a value that fits into a line takes one line. */
final class CompactJson {

  private static final int WIDTH = 110;

  private CompactJson() {}

  static String of(JsonNode json) {
    return text(json, "");
  }

  private static String text(JsonNode json, String indent) {
    String line = line(json);
    if (!json.isContainerNode() || indent.length() + line.length() <= WIDTH) {
      return line;
    }
    String deeper = indent + "  ";
    List<String> parts = new ArrayList<>();
    if (json.isObject()) {
      json.properties()
          .forEach(it -> parts.add("\"" + it.getKey() + "\": " + text(it.getValue(), deeper)));
    } else {
      json.forEach(it -> parts.add(text(it, deeper)));
    }
    String inside = parts.stream().map(part -> deeper + part).collect(joining(",\n"));
    return json.isObject()
        ? "{\n" + inside + "\n" + indent + "}"
        : "[\n" + inside + "\n" + indent + "]";
  }

  private static String line(JsonNode json) {
    List<String> parts = new ArrayList<>();
    if (json.isObject()) {
      json.properties().forEach(it -> parts.add("\"" + it.getKey() + "\": " + line(it.getValue())));
      return "{" + String.join(", ", parts) + "}";
    }
    if (json.isArray()) {
      json.forEach(it -> parts.add(line(it)));
      return "[" + String.join(", ", parts) + "]";
    }
    return json.toString();
  }
}
