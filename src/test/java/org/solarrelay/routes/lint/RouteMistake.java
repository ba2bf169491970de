package org.solarrelay.routes.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A common mistake in a route file, from {@code src/test/resources/lint/mistakes}.
 *
 * @param name a description of the mistake
 * @param file the file of the default folder that is changed, or a new one
 * @param text the whole text of the file, or null
 * @param replace the replaced part, if {@code text} is null
 * @param with the replacement
 * @param problems lint's messages for the file: {@code path:line:column: problem. fix}
 */
public record RouteMistake(
    String name, String file, String text, String replace, String with, List<String> problems) {

  private static final Path FOLDER = Path.of("src/test/resources/lint/mistakes");

  /** All mistakes, ordered by file. */
  public static Stream<RouteMistake> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream().flatMap(RouteMistake::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<RouteMistake> read(Path file) {
    try {
      return YamlNode.parse(Files.readString(file)).orElseThrow().items().stream()
          .map(RouteMistake::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RouteMistake of(YamlNode node) {
    YamlNode problems = node.get("problems");
    return new RouteMistake(
        node.textAt("name"),
        node.textAt("file"),
        node.textAt("text"),
        node.textAt("replace"),
        node.textAt("with"),
        problems == null ? List.of() : problems.items().stream().map(YamlNode::text).toList());
  }

  /** The default folder with this mistake. */
  public Map<String, String> in(Map<String, String> files) {
    Map<String, String> changed = new TreeMap<>(files);
    String before = files.get(file);
    if (text == null && (before == null || !before.contains(replace))) {
      throw new AssertionError("%s: %s does not hold the text to replace".formatted(name, file));
    }
    int at = text == null ? before.indexOf(replace) : 0;
    changed.put(
        file,
        text == null
            ? before.substring(0, at) + with + before.substring(at + replace.length())
            : text);
    return changed;
  }

  @Override
  public String toString() {
    return name;
  }
}
