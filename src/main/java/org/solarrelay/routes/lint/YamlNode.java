package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value of a YAML file that knows where it stands. */
public final class YamlNode {

  private final Node node;
  private final String source;

  private YamlNode(Node node, String source) {
    this.node = node;
    this.source = source;
  }

  /**
   * A place in a file.
   *
   * @param line from 1
   * @param column from 1
   */
  record Position(int line, int column) {}

  /** A key of a mapping with its value. */
  public record Entry(YamlNode map, YamlNode key, YamlNode value) {

    public String name() {
      return key.text();
    }
  }

  /**
   * The one document of a file; empty where the file has none.
   *
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException where it is no YAML
   */
  public static Optional<YamlNode> parse(String text) {
    LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
    return new Compose(settings).composeString(text).map(node -> new YamlNode(node, text));
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isText() {
    return node instanceof ScalarNode;
  }

  /** Whether an alias leads from within a value back to it. */
  boolean containsItself() {
    return node.isRecursive()
        || entries().stream().anyMatch(entry -> entry.value.containsItself())
        || items().stream().anyMatch(YamlNode::containsItself);
  }

  /** A scalar as it is written; null for anything else. */
  public String text() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  /** The value of a key, or null. */
  public YamlNode get(String key) {
    return entries().stream()
        .filter(entry -> key.equals(entry.name()))
        .map(Entry::value)
        .findFirst()
        .orElse(null);
  }

  /** What one key after the other leads to, or null. */
  public YamlNode at(String... keys) {
    YamlNode found = this;
    for (String key : keys) {
      found = found == null ? null : found.get(key);
    }
    return found;
  }

  /** The text that one key after the other leads to, or null. */
  public String textAt(String... keys) {
    YamlNode found = at(keys);
    return found == null ? null : found.text();
  }

  public List<Entry> entries() {
    if (!(node instanceof MappingNode map)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    map.getValue()
        .forEach(
            it ->
                entries.add(
                    new Entry(
                        this,
                        new YamlNode(it.getKeyNode(), source),
                        new YamlNode(it.getValueNode(), source))));
    return entries;
  }

  public List<YamlNode> items() {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(item -> new YamlNode(item, source)).toList()
        : List.of();
  }

  /** The entries of this value and of all values in it. */
  public List<Entry> allEntries() {
    List<Entry> all = new ArrayList<>();
    collect(all);
    return all;
  }

  private void collect(List<Entry> all) {
    for (Entry entry : entries()) {
      all.add(entry);
      entry.value.collect(all);
    }
    items().forEach(item -> item.collect(all));
  }

  /** From 1. */
  public int line() {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** From 1. */
  public int column() {
    return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
  }

  /** Where a part of it stands in the file; its own place where the part is spelt otherwise. */
  Position of(String part) {
    int begin = source.offsetByCodePoints(0, start());
    int at = source.indexOf(part, begin);
    if (part.isEmpty() || at < 0 || at > source.offsetByCodePoints(0, end())) {
      return new Position(line(), column());
    }
    String before = source.substring(0, at);
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Position(line, source.codePointCount(lineStart, at) + 1);
  }

  /** Where its text begins in the file, in code points. */
  public int start() {
    return node.getStartMark().map(Mark::getIndex).orElseThrow();
  }

  /** Where its text ends in the file, in code points. */
  public int end() {
    return node.getEndMark().map(Mark::getIndex).orElseThrow();
  }
}
