package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.solarrelay.routes.lint.EndpointUse;
import org.solarrelay.routes.lint.YamlNode;

/**
 * Replaces the names in a route file or kamelet by Camel ids of a revision. Every line keeps its
 * number.
 */
final class VersionedSource {

  private record Edit(int end, String text) {}

  private final String text;
  private final int revision;
  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  VersionedSource(String text, int revision) {
    this.text = text;
    this.revision = revision;
  }

  /** Replaces a name. */
  void replaceName(YamlNode scalar, String name) {
    edits.put(at(scalar.start()), new Edit(at(scalar.end()), "\"" + name + "\""));
  }

  /** Renames the ids of a route and its steps, because earlier versions may still run. */
  void renameIds(YamlNode value) {
    for (YamlNode.Entry entry : value.entries()) {
      if ("id".equals(entry.name()) && entry.value().isText()) {
        replaceName(entry.value(), RouteIds.of(entry.value().text(), revision));
      } else if (!"parameters".equals(entry.name())) {
        renameIds(entry.value());
      }
    }
    value.items().forEach(this::renameIds);
  }

  /** Points calls to the versions of the kamelets in {@code kamelets}. */
  void pointCallsTo(List<EndpointUse> uses, Map<String, RouteVersion> kamelets) {
    for (EndpointUse use : uses) {
      RouteVersion version = kamelets.get(use.kamelet());
      if (version != null && !version.id().equals(use.kamelet())) {
        pointCallsTo(use, version.id());
      }
    }
  }

  private void pointCallsTo(EndpointUse use, String kamelet) {
    String scheme = use.scheme() + ":";
    if (use.text().startsWith(scheme)) {
      String rest = use.text().substring(scheme.length());
      replaceName(use.uri(), scheme + rest.replaceFirst(use.kamelet(), kamelet));
    }
    // Camel uses the parameter if both exist
    if (use.nameParameter().isPresent()) {
      replaceName(use.nameParameter().get(), kamelet);
    }
  }

  /** Removes an item of a list at the left margin, with the hyphen before it. */
  void remove(YamlNode item) {
    int start = text.lastIndexOf('\n', at(item.start())) + 1;
    int end = at(item.end());
    int nextLine = end == text.length() ? end : text.lastIndexOf('\n', end) + 1;
    long lines = text.substring(start, nextLine).chars().filter(c -> c == '\n').count();
    edits.put(start, new Edit(nextLine, "\n".repeat((int) lines)));
  }

  /** The text of a value in the file. */
  String of(YamlNode value) {
    return text.substring(at(value.start()), at(value.end())).strip();
  }

  String applied() {
    StringBuilder applied = new StringBuilder(text);
    edits.descendingMap().forEach((start, edit) -> applied.replace(start, edit.end, edit.text));
    return applied.toString();
  }

  /** Converts YAML's positions, which count code points. */
  private int at(int codePoint) {
    return text.offsetByCodePoints(0, codePoint);
  }
}
