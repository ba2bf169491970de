package org.solarrelay.routes.lint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the folder's {@code Kustomization}, which lists the files that reach pods. kustomize fails
 * at a listed file that is missing, and has no patterns: a file that is not listed reaches no pod.
 */
final class KustomizationFile {

  private static final String NAME = "Kustomization";
  private static final String RULE = "kustomization";
  private static final String GENERATOR = "configMapGenerator";

  /** The maximum size of a ConfigMap in Kubernetes, in bytes. */
  private static final long MAX_BYTES = 1_048_576;

  private static final Set<String> KEYS =
      Set.of(
          "apiVersion",
          "kind",
          "metadata",
          "namespace",
          "namePrefix",
          "nameSuffix",
          "labels",
          "commonLabels",
          "commonAnnotations",
          "buildMetadata",
          "resources",
          "components",
          GENERATOR,
          "secretGenerator",
          "generatorOptions",
          "patches",
          "images",
          "replacements");

  private static final Set<String> GENERATOR_KEYS =
      Set.of("name", "namespace", "behavior", "files", "literals", "envs", "env", "options");

  private final Path folder;
  private final Set<String> files;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Integer> listed = new HashMap<>();

  private KustomizationFile(Path folder, Set<String> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * The problems of the file; none if the folder has no such file.
   *
   * @param files the paths of the folder's files that {@link FolderFiles} reads
   * @throws IOException if the folder cannot be read
   */
  static List<Finding> findings(Path folder, Set<String> files) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    KustomizationFile kustomization = new KustomizationFile(folder, files);
    List<Problem> problems = new ArrayList<>();
    Optional<YamlNode> root = YamlSyntax.read(NAME, text, problems);
    problems.forEach(problem -> kustomization.add(Finding.Level.ERROR, problem));
    if (root.isPresent()) {
      kustomization.check(root.get());
    }
    return kustomization.findings;
  }

  private void check(YamlNode root) throws IOException {
    keys(root, KEYS, "kustomize");
    YamlNode kind = root.get("kind");
    if (kind != null && !NAME.equals(kind.text())) {
      error(kind, "the kind is %s".formatted(kind.text()), "Write \"kind: Kustomization\"");
    }
    YamlNode generators = root.get(GENERATOR);
    if (generators != null && !generators.isList()) {
      error(generators, GENERATOR + " is not a list", "Begin each ConfigMap with \"- name:\"");
    }
    Set<String> names = new HashSet<>();
    for (YamlNode map : generators == null ? List.<YamlNode>of() : generators.items()) {
      configMap(map, names);
    }
    YamlNode at = generators == null ? root : generators;
    for (String path : files) {
      boolean read = FilePlace.isRoutes(path) || FilePlace.isKamelet(path) || isOther(path);
      if (read && !listed.containsKey(path)) {
        String fix = "Add \"- %s\" to the files of a ConfigMap".formatted(path);
        String problem = "Kustomization does not list %s: no pod gets it".formatted(path);
        add(Finding.Level.WARNING, new Problem(NAME, at.line(), at.column(), problem, fix));
      }
    }
  }

  /** Whether the path is that of a schema or of {@code destinations.yaml}. */
  private static boolean isOther(String path) {
    return path.startsWith("schemas/") || !path.contains("/");
  }

  private void configMap(YamlNode map, Set<String> names) throws IOException {
    keys(map, GENERATOR_KEYS, "a ConfigMap's generator");
    YamlNode name = map.get("name");
    if (name == null || name.text() == null || name.text().isBlank()) {
      error(map, "the ConfigMap has no name", "Add \"name:\", such as solar-relay-routes");
    } else if (!names.add(name.text())) {
      String fix = "Put the files of both into one";
      error(name, "the ConfigMap %s is there twice".formatted(name.text()), fix);
    }
    YamlNode files = map.get("files");
    if (files == null) {
      return;
    }
    if (!files.isList()) {
      error(files, "files is not a list", "Write each file on a line of its own, after \"- \"");
      return;
    }
    Set<String> keys = new HashSet<>();
    long bytes = 0;
    for (YamlNode item : files.items()) {
      bytes += listed(item, keys);
    }
    if (bytes > MAX_BYTES) {
      error(
          files,
          "the files have %d bytes, a ConfigMap takes %d".formatted(bytes, MAX_BYTES),
          "Put some of them into a ConfigMap of their own");
    }
  }

  /** The size of the listed file in bytes. */
  private long listed(YamlNode item, Set<String> keys) throws IOException {
    String text = String.valueOf(item.text());
    String path = text.substring(text.indexOf('=') + 1);
    String key = text.contains("=") ? text.substring(0, text.indexOf('=')) : lastPart(path);
    Integer before = listed.putIfAbsent(path, item.line());
    if (before != null) {
      error(item, "%s is listed in line %d, too".formatted(path, before), "Remove one of the two");
      return 0;
    }
    if (!keys.add(key)) {
      error(
          item,
          "the ConfigMap has a file of the name %s already".formatted(key),
          "Give it another name: other-name.yaml=" + path);
    }
    Path file = folder.resolve(path);
    if (!Files.isRegularFile(file)) {
      error(
          item,
          "there is no file %s".formatted(path),
          SpellingSuggestion.hint(path, neighbours(file)));
      return 0;
    }
    return Files.size(file);
  }

  /** The paths of the files beside the Kustomization, as the list names them. */
  private Set<String> neighbours(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(parent)) {
      return files
          .filter(Files::isRegularFile)
          .map(it -> folder.relativize(it).toString())
          .collect(Collectors.toSet());
    }
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void keys(YamlNode map, Set<String> known, String what) {
    Set<String> seen = new HashSet<>();
    for (YamlNode.Entry entry : map.entries()) {
      String key = String.valueOf(entry.name());
      if (!seen.add(key)) {
        error(entry.key(), "\"%s\" is there twice".formatted(key), "Keep one of the two");
      } else if (!known.contains(key)) {
        error(
            entry.key(),
            "%s has no key \"%s\"".formatted(what, key),
            SpellingSuggestion.hint(key, known));
      }
    }
  }

  private void error(YamlNode at, String problem, String fix) {
    add(Finding.Level.ERROR, new Problem(NAME, at.line(), at.column(), problem, fix));
  }

  private void add(Finding.Level level, Problem problem) {
    findings.add(new Finding(RULE, level, problem));
  }
}
