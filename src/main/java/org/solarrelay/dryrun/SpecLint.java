package org.solarrelay.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.EventSchemas;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.routes.lint.Finding;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.routes.lint.RouteFolderIndex;
import org.solarrelay.routes.lint.SecretText;
import org.solarrelay.routes.lint.SpellingSuggestion;
import org.solarrelay.routes.lint.YamlNode;
import org.solarrelay.routes.lint.YamlSyntax;

/** Finds problems in specs, samples and default stubs, without a run. */
public final class SpecLint {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many letters may differ from a suggested name. */
  private static final int MAX_DISTANCE = 2;

  private static final Pattern WITH_LINE = Pattern.compile("(?s).*?:(\\d+): (.*)");
  private static final Pattern QUOTED_KEY = Pattern.compile("(?:cannot have|needs) \"([^\"]+)\"");
  private static final Pattern FIELD = Pattern.compile("([\\w-]+)(?:\\[\\d+])?:? ");
  private static final Pattern CALLED =
      Pattern.compile("\\{\\{(?:\\w*[uU]rl|relay\\.[\\w.-]*url)[^}]*}}(/[^\\s\"'?#]*)?");

  private final Path folder;
  private final Map<String, String> files;
  private final RouteFolderIndex routes;
  private final RouteGraph graph;
  private final Set<String> samples;
  private final Set<String> types;
  private final List<Finding> findings = new ArrayList<>();

  private SpecLint(Path folder, Map<String, String> files) throws IOException {
    this.folder = folder;
    this.files = files;
    this.routes = RouteFolderIndex.of(files);
    this.graph = RouteGraph.of(readable());
    this.samples =
        list("samples").stream().map(it -> it.getFileName().toString()).collect(Collectors.toSet());
    this.types = new TreeSet<>(CustomEventTypes.namesIn(files));
    Arrays.stream(EventType.values()).map(EventType::id).forEach(types::add);
  }

  /**
   * The problems in the files of {@code tests/} and {@code samples/}.
   *
   * @throws IOException if the folder cannot be read
   */
  public static List<Finding> findings(Path folder) throws IOException {
    SpecLint lint = new SpecLint(folder, FolderFiles.read(folder));
    for (Path file : lint.list("tests")) {
      lint.spec(file);
    }
    for (Path file : lint.list("samples")) {
      lint.sample(file);
    }
    for (Path file : lint.list("samples/answers")) {
      lint.answers(file);
    }
    return lint.findings;
  }

  private Map<String, String> readable() {
    Set<String> names = routes.files().stream().map(it -> it.name()).collect(Collectors.toSet());
    Map<String, String> readable = new HashMap<>(files);
    readable.keySet().retainAll(names);
    return readable;
  }

  private List<Path> list(String name) throws IOException {
    Path below = folder.resolve(name);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> listed = Files.list(below)) {
      return listed
          .filter(it -> Files.isRegularFile(it) && !it.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private void spec(Path file) throws IOException {
    String name = name(file);
    if (!name.endsWith(SpecFile.ENDING)) {
      if (name.matches(".*\\.ya?ml")) {
        String stem = name.replaceFirst("(\\.test)?\\.ya?ml$", "");
        add("spec", name, 1, 1, "this file is not read", "Rename it to " + stem + ".test.yaml");
      }
      return;
    }
    Optional<YamlNode> root = yaml("spec", "route-spec", file);
    if (root.isPresent()) {
      spec(name, root.get());
    }
  }

  private void spec(String name, YamlNode root) {
    YamlNode route = root.get("route");
    String served =
        route == null ? name.replace("tests/", "").replace(SpecFile.ENDING, "") : route.text();
    boolean unread =
        files.containsKey(served + ".camel.yaml")
            && !readable().containsKey(served + ".camel.yaml");
    if (!graph.serves(served) && !served.equals(Spec.EVERYTHING) && !unread) {
      add(
          "spec",
          name,
          route == null ? 1 : route.line(),
          route == null ? 1 : route.column(),
          "there is no route %s".formatted(served),
          SpellingSuggestion.of(served, graph.names(), MAX_DISTANCE)
              .map("Did you mean \"%s\"?"::formatted)
              .orElse("Delete this file, or name its route by \"route:\""));
    }
    Map<String, Integer> names = new HashMap<>();
    YamlNode cases = root.get("cases");
    for (YamlNode one : cases == null ? List.<YamlNode>of() : cases.items()) {
      YamlNode title = one.get("name");
      Integer before = title == null ? null : names.putIfAbsent(title.text(), title.line());
      if (before != null) {
        String problem = "the case of line %d has the same name".formatted(before);
        add("spec", name, title, problem, "Say what differs");
      }
      given(name, one);
      destinations(name, one.get("expect"));
    }
  }

  private void given(String name, YamlNode one) {
    YamlNode given = one.get("given");
    for (YamlNode.Entry kind : given == null ? List.<YamlNode.Entry>of() : given.entries()) {
      YamlNode sample = kind.value().get("sample");
      if (sample != null && sample.isText() && !samples.contains(sample.text())) {
        String problem = "there is no samples/%s".formatted(sample.text());
        add("spec", name, sample, problem, SpellingSuggestion.hint(sample.text(), samples));
      }
      YamlNode type = "event".equals(kind.name()) ? kind.value().get("type") : null;
      boolean dead = StageOutcome.DEAD.text().equals(one.textAt("expect", "outcome"));
      if (type != null && type.isText() && !types.contains(type.text()) && !dead) {
        String problem = "there is no event type \"%s\"".formatted(type.text());
        add("spec", name, type, problem, SpellingSuggestion.hint(type.text(), types));
      }
    }
  }

  private void destinations(String name, YamlNode expect) {
    Set<String> known = destinations();
    List<YamlNode> named = new ArrayList<>();
    if (expect != null && expect.get("heardBy") != null) {
      named.addAll(expect.get("heardBy").items());
    }
    if (expect != null && expect.get("destinations") != null) {
      expect.get("destinations").entries().forEach(it -> named.add(it.key()));
    }
    for (YamlNode destination : named) {
      if (destination.isText() && !known.contains(destination.text())) {
        String problem = "no route delivers to \"%s\"".formatted(destination.text());
        add("spec", name, destination, problem, SpellingSuggestion.hint(destination.text(), known));
      }
    }
  }

  /** The destinations that a route delivers to. Calls by https: have stubs of the same name. */
  private Set<String> destinations() {
    return routes.entries().stream()
        .filter(it -> it.startsWith("delivery:"))
        .map(it -> it.substring("delivery:".length()))
        .collect(Collectors.toSet());
  }

  private void answers(Path file) throws IOException {
    String name = name(file);
    String stem = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    if (!name.endsWith(".yaml")) {
      add("answers", name, 1, 1, "this file is not read", "Rename it to %s.yaml".formatted(stem));
      return;
    }
    String kamelet = files.get("kamelets/%s.kamelet.yaml".formatted(stem));
    if (kamelet == null && !destinations().contains(stem)) {
      Set<String> kamelets = new TreeSet<>(routes.kameletsByName().keySet());
      kamelets.addAll(destinations());
      String problem =
          "there is no kamelet or destination %s, so no call uses this".formatted(stem);
      String fix =
          SpellingSuggestion.of(stem, kamelets, MAX_DISTANCE)
              .map("Did you mean \"%s\"?"::formatted)
              .orElse("Delete this file, or name it after a kamelet or a destination");
      add("answers", name, 1, 1, problem, fix);
    }
    Optional<YamlNode> root = yaml("answers", "vendor-answers", file);
    List<String> called = kamelet == null ? List.of() : called(kamelet);
    for (YamlNode answer : root.map(YamlNode::items).orElse(List.of())) {
      YamlNode path = answer.get("path");
      boolean asked =
          path == null
              || path.text() == null
              || path.text().contains("{{")
              || called.isEmpty()
              || called.stream().anyMatch(it -> begins(path.text(), it));
      if (!asked) {
        String problem = "the kamelet %s does not call %s".formatted(stem, path.text());
        add("answers", name, path, problem, "It calls " + String.join(", ", called));
      }
    }
  }

  /** The paths that a kamelet calls; none if a message or the configuration has the path. */
  private static List<String> called(String kamelet) {
    List<String> paths = new ArrayList<>();
    Matcher call = CALLED.matcher(kamelet.replaceAll("(?m)^\\s*(default|example):.*$", ""));
    while (call.find()) {
      if (call.group(1) == null) {
        return List.of();
      }
      paths.add(call.group(1));
    }
    return paths;
  }

  private static boolean begins(String path, String called) {
    String[] parts = path.split("/");
    String[] wanted = called.split("/");
    for (int at = 0; at < wanted.length; at++) {
      boolean open =
          wanted[at].contains("{{") || at < parts.length && parts[at].matches(".*[*{].*");
      if (at >= parts.length || !open && !parts[at].equals(wanted[at])) {
        return false;
      }
    }
    return true;
  }

  private void sample(Path file) throws IOException {
    String name = name(file);
    if (!name.endsWith(".json")) {
      return;
    }
    String text = text(file);
    secrets("sample", name, text);
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      add(
          "sample",
          name,
          e.getLocation().getLineNr(),
          e.getLocation().getColumnNr(),
          "this is no JSON: " + e.getOriginalMessage().replaceFirst(" \\(for .*", ""),
          "Look at the commas, quotes and braces here and in the line above");
      return;
    }
    String stem = file.getFileName().toString().replace(".json", "");
    if (stem.startsWith("event-")) {
      event(name, text, json, stem.substring("event-".length()));
    }
    Matcher webhook = Pattern.compile("webhook-([a-z]+)-.*").matcher(stem);
    if (webhook.matches() && !routes.entries().contains("direct:translate-" + webhook.group(1))) {
      String source = webhook.group(1);
      Set<String> sources =
          routes.entries().stream()
              .filter(it -> it.startsWith("direct:translate-"))
              .map(it -> it.substring("direct:translate-".length()))
              .collect(Collectors.toSet());
      String problem = "no route translates webhooks of \"%s\"".formatted(source);
      add("sample", name, 1, 1, problem, SpellingSuggestion.hint(source, sources));
    }
  }

  private void event(String name, String text, JsonNode json, String named) {
    String type = json.path("type").asText();
    if (!named.equals(type) && !named.startsWith(type + "-")) {
      String problem = "the file is named after %s, its type is \"%s\"".formatted(named, type);
      place("sample", name, text, "type", problem, "Rename the file, or correct the type");
    }
    if (CustomEventTypes.namesIn(files).contains(type)) {
      return;
    }
    try {
      EventReader.read(json, OffsetDateTime.parse("2026-06-01T09:00:00Z"));
      EventType.of(type).ifPresent(it -> EventSchemas.check(it, json.path("data")));
    } catch (InvalidMessageException e) {
      Matcher field = FIELD.matcher(e.getMessage().replaceFirst("^[\\w.-]+: ", ""));
      String at = field.find() ? field.group(1) : "type";
      String fix = "docs/events.md says what the field takes";
      place("sample", name, text, at, "this is no event: " + e.getMessage(), fix);
    }
  }

  /** Adds a problem at the first key of that name. */
  private void place(
      String rule, String name, String text, String key, String problem, String fix) {
    int at = Math.max(0, text.indexOf("\"" + key + "\""));
    findings.add(new Finding(rule, Problem.at(name, text, at, problem, fix)));
  }

  /** The file's YAML if it matches its schema, else empty; adds the problems. */
  private Optional<YamlNode> yaml(String rule, String schema, Path file) throws IOException {
    String name = name(file);
    String text = text(file);
    secrets(rule, name, text);
    List<Problem> problems = new ArrayList<>();
    Optional<YamlNode> root = YamlSyntax.read(name, text, problems);
    problems.forEach(problem -> findings.add(new Finding(rule, problem)));
    if (root.isEmpty()) {
      return root;
    }
    twice(rule, name, root.get());
    try {
      ValidatedYaml.read(schema, name, text);
      return root;
    } catch (SpecException e) {
      e.problems().forEach(problem -> addSchemaProblem(rule, name, text, problem));
      return Optional.empty();
    }
  }

  private void addSchemaProblem(String rule, String name, String text, String described) {
    Matcher placed = WITH_LINE.matcher(described);
    int line = placed.matches() ? Integer.parseInt(placed.group(1)) : 1;
    String problem = placed.matches() ? placed.group(2) : described;
    Matcher key = QUOTED_KEY.matcher(problem);
    String row = text.lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
    int column = key.find() ? Math.max(0, row.indexOf(key.group(1))) : indent(row);
    add(rule, name, line, column + 1, problem, "docs/test-a-route.md lists the keys");
  }

  private static int indent(String row) {
    return row.length() - row.stripLeading().length();
  }

  private void twice(String rule, String name, YamlNode node) {
    Map<String, Integer> seen = new HashMap<>();
    for (YamlNode.Entry entry : node.entries()) {
      Integer before = seen.putIfAbsent(String.valueOf(entry.name()), entry.key().line());
      if (before != null) {
        String problem = "\"%s\" is there twice, first in line %d".formatted(entry.name(), before);
        add(rule, name, entry.key(), problem, "Keep one of the two");
      }
      twice(rule, name, entry.value());
    }
    node.items().forEach(item -> twice(rule, name, item));
  }

  private void secrets(String rule, String name, String text) {
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      int at = SecretText.find(line).orElse(-1);
      if (at >= 0) {
        String fix =
            "Write an invented one, such as test-key; and change the key: it was in a file";
        add(rule, name, number, at + 1, "this looks like a secret", fix);
      }
    }
  }

  private void add(String rule, String file, YamlNode at, String problem, String fix) {
    add(rule, file, at.line(), at.column(), problem, fix);
  }

  private void add(String rule, String file, int line, int column, String problem, String fix) {
    findings.add(new Finding(rule, new Problem(file, line, column, problem, fix)));
  }

  private String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
