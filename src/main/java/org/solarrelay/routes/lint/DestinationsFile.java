package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.config.DestinationEntry;

/**
 * Reads {@code destinations.yaml}: the destinations that are not built in, as a mapping of names to
 * settings. The file may have no entries.
 */
public final class DestinationsFile {

  public static final String NAME = "destinations.yaml";

  /** A file with only comments. */
  private static final Pattern EMPTY = Pattern.compile("(?:\\s|#[^\\r\\n]*|---)*+");

  private static final Pattern DESTINATION = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_NAME = 40;
  private static final String DELIVERY = "delivery:";

  /** How many letters may differ from a suggested name. */
  private static final int MAX_DISTANCE = 2;

  /** A name that users write for {@code api-key}. */
  private static final String KEY = "key";

  private final List<DestinationEntry> entries = new ArrayList<>();
  private final List<Problem> problems;

  private DestinationsFile(List<Problem> problems) {
    this.problems = problems;
  }

  static boolean isDestinations(String path) {
    return path.equals(NAME);
  }

  /**
   * The valid entries of a folder's file.
   *
   * @param files text by path within the folder
   */
  public static List<DestinationEntry> entries(Map<String, String> files) {
    String text = files.get(NAME);
    return text == null ? List.of() : read(text, new ArrayList<>());
  }

  /**
   * A problem for each entry without a route whose name resembles that of a destination with a
   * route and without an entry.
   *
   * @param served the endpoints at which routes begin, such as {@code delivery:slack}
   */
  static Stream<Problem> misspelt(Map<String, String> files, Set<String> served) {
    Set<String> names = names(files);
    Set<String> without =
        served.stream()
            .filter(address -> address.startsWith(DELIVERY))
            .map(address -> address.substring(DELIVERY.length()))
            .filter(name -> !names.contains(name) && !builtIn().contains(name))
            .collect(Collectors.toSet());
    return names.stream()
        .filter(name -> !served.contains(DELIVERY + name))
        .flatMap(
            name ->
                SpellingSuggestion.of(name, without, MAX_DISTANCE)
                    .map(suggestion -> misspelt(files.get(NAME), name, suggestion))
                    .stream());
  }

  private static Problem misspelt(String text, String name, String suggestion) {
    Matcher key = Pattern.compile("(?m)^[\"']?%s\\b".formatted(name)).matcher(text);
    return Problem.at(
        NAME,
        text,
        key.find() ? key.start() : 0,
        "no route begins at delivery:%s".formatted(name),
        "Did you mean \"%s\"?".formatted(suggestion));
  }

  /** The names of the valid entries. */
  public static Set<String> names(Map<String, String> files) {
    return entries(files).stream().map(DestinationEntry::name).collect(Collectors.toSet());
  }

  /** The built-in destinations. */
  public static Set<String> builtIn() {
    return ReleaseProperties.below("relay.destinations");
  }

  /** The valid entries; adds the problems of the file. */
  static List<DestinationEntry> read(String text, List<Problem> problems) {
    DestinationsFile file = new DestinationsFile(problems);
    if (!EMPTY.matcher(text).matches()) {
      YamlSyntax.read(NAME, text, problems).ifPresent(file::readEntries);
    }
    return file.entries;
  }

  private void readEntries(YamlNode root) {
    if (!root.isMap()) {
      problem(root, "the file is no mapping of names", "Write \"slack:\", below it \"  url: …\"");
      return;
    }
    Set<String> builtIn = builtIn();
    Set<String> names = new HashSet<>();
    for (YamlNode.Entry entry : root.entries()) {
      String name = String.valueOf(entry.name());
      if (!DESTINATION.matcher(name).matches() || name.length() > LONGEST_NAME) {
        problem(
            entry.key(),
            "\"%s\" is no name of a destination".formatted(name),
            "Write small letters, digits and hyphens, at most %d, such as slack"
                .formatted(LONGEST_NAME));
      } else if (builtIn.contains(name)) {
        problem(
            entry.key(),
            "%s is a destination of the program".formatted(name),
            "Set it by its variables (docs/configuration.md), or give this one another name");
      } else if (!names.add(name)) {
        problem(entry.key(), "%s stands here twice".formatted(name), "Remove one of the two");
      } else {
        settings(entry.key(), name, entry.value());
      }
    }
  }

  private void settings(YamlNode key, String name, YamlNode value) {
    if (!value.isMap()) {
      problem(key, "%s has no settings".formatted(name), "Write below it \"  url: …\"");
      return;
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (YamlNode.Entry entry : value.entries()) {
      String written = String.valueOf(entry.name());
      Optional<EntrySetting> setting = EntrySetting.of(written.equals(KEY) ? "api-key" : written);
      if (setting.isEmpty()) {
        problem(
            entry.key(),
            "a destination has no setting \"%s\"".formatted(written),
            SpellingSuggestion.hint(written, EntrySetting.names()));
      } else if (settings.containsKey(setting.get().id())) {
        problem(
            entry.key(),
            "%s stands here twice".formatted(setting.get().id()),
            "Remove one of the two");
      } else {
        settings.put(setting.get().id(), text(setting.get(), entry));
      }
    }
    if (!settings.containsKey(DestinationEntry.URL)) {
      problem(
          key,
          "%s has no url".formatted(name),
          "Write \"  url: \\\"{{env:%s_URL}}\\\"\""
              .formatted(name.toUpperCase().replace('-', '_')));
    }
    entries.add(new DestinationEntry(name, settings));
  }

  private String text(EntrySetting setting, YamlNode.Entry entry) {
    YamlNode value = entry.value();
    if (!value.isText()) {
      problem(
          value,
          "%s is no text".formatted(setting.id()),
          "Write %s; a placeholder stands in quotes: \"{{env:NAME}}\"".formatted(setting.form()));
      return "";
    }
    String text = value.text().strip();
    setting.problem(text).ifPresent(wrong -> problem(value, wrong.problem(), wrong.fix()));
    return text;
  }

  private void problem(YamlNode where, String problem, String fix) {
    problems.add(new Problem(NAME, where.line(), where.column(), problem, fix));
  }
}
