package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value of a YAML file, with its place in the file. */
public final class YamlNode {

  private final Node node;
  private final SourceText source;

  private YamlNode(Node node, SourceText source) {
    this.node = node;
    this.source = source;
  }

  /**
   * A place in a file, in code points.
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
   * The single document of a file; empty if the file has none.
   *
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if the text is not YAML
   */
  public static Optional<YamlNode> parse(String text) {
    LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
    SourceText source = SourceText.of(text);
    return new Compose(settings).composeString(text).map(node -> new YamlNode(node, source));
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

  /** Whether an alias in the value refers to the value itself. */
  boolean containsItself() {
    return node.isRecursive()
        || entries().stream().anyMatch(entry -> entry.value.containsItself())
        || items().stream().anyMatch(YamlNode::containsItself);
  }

  /** The text of a scalar, as written; null for other values. */
  public String text() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  /** The value of a key, or null. */
  public YamlNode get(String key) {
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name && key.equals(name.getValue())) {
          return new YamlNode(entry.getValueNode(), source);
        }
      }
    }
    return null;
  }

  boolean has(String key) {
    return get(key) != null;
  }

  /** The value at a path of keys, or null. */
  public YamlNode at(String... keys) {
    YamlNode found = this;
    for (String key : keys) {
      found = found == null ? null : found.get(key);
    }
    return found;
  }

  /** The text at a path of keys, or null. */
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

  /** The begin of its text in the file, in code points. */
  public int start() {
    return node.getStartMark().map(Mark::getIndex).orElseThrow();
  }

  /** The end of its text in the file, in code points. */
  public int end() {
    return node.getEndMark().map(Mark::getIndex).orElseThrow();
  }

  /** The text of the whole file. */
  SourceText source() {
    return source;
  }

  /**
   * The place of a character of a scalar's text in the file.
   *
   * @param offset of the character in {@link #text()}, in chars; the length of the text is the
   *     place after its last character
   */
  Position positionAt(int offset) {
    return node instanceof ScalarNode scalar
        ? source.at(scalar, offset)
        : new Position(line(), column());
  }

  /** The place of a part of a scalar's text; the scalar's place if the text lacks the part. */
  Position positionOf(String part) {
    int offset = part.isEmpty() || text() == null ? -1 : text().indexOf(part);
    return offset < 0 ? new Position(line(), column()) : positionAt(offset);
  }
}
