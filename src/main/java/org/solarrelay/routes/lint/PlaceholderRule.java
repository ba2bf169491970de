package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@code {{placeholder}}} names a property of the kamelet or of this program. */
final class PlaceholderRule implements Rule {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
  private static final Pattern DESTINATION =
      Pattern.compile("\\{\\{relay\\.destinations\\.([^.{}:]+)\\.[a-z-]+(:[^{}]*)?}}");

  /** How many letters may differ from a suggested name. */
  private static final int MAX_DISTANCE = 2;

  /** An opening {@code {{} without its closing braces. */
  private static final Pattern OPEN = Pattern.compile("\\{\\{((?:(?!\\{\\{|}}).)*+)(?=\\{\\{|$)");

  private static final Pattern DOLLAR = Pattern.compile("\\$\\{\\{[\\w.:-]+}}");
  private static final Pattern SINGLE = Pattern.compile("\\{([A-Za-z][\\w.-]*)(?::[^{}]*)?}}?");
  private static final Set<String> FUNCTIONS =
      Set.of("sys", "bean", "service", "service.host", "service.port", "boolean");

  private final KnownProperties known;
  private final FileCheck perFile = new FileCheck(this::ofFile);

  PlaceholderRule(KnownProperties known) {
    this.known = known;
  }

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Set<String> called =
        index.endpoints().map(EndpointUse::kamelet).collect(Collectors.toUnmodifiableSet());
    return index.files().stream()
        .flatMap(
            file ->
                Stream.concat(
                    perFile.of(file),
                    !file.isKamelet() || called.contains(file.stem())
                        ? destinations(index, file)
                        : Stream.empty()));
  }

  /**
   * Checks the destination in a placeholder: without a default, the folder has the destination;
   * with a default, its name is not a misspelt one.
   */
  private static Stream<Problem> destinations(RouteFolderIndex index, SourceFile file) {
    return file.entries()
        .filter(entry -> entry.value().isText())
        .flatMap(
            entry ->
                DESTINATION
                    .matcher(entry.value().text())
                    .results()
                    .filter(found -> !index.knowsDestination(found.group(1)))
                    .filter(
                        found ->
                            found.group(2) == null
                                || SpellingSuggestion.of(
                                        found.group(1), index.destinations(), MAX_DISTANCE)
                                    .isPresent())
                    .map(found -> found.group(1))
                    .map(
                        name ->
                            file.problem(
                                entry.value(),
                                "there is no destination %s".formatted(name),
                                "Add it to destinations.yaml, or write another name. "
                                    + SpellingSuggestion.hint(name, index.destinations()))));
  }

  private Stream<Problem> ofFile(SourceFile file) {
    YamlNode properties = file.root().at("spec", "definition", "properties");
    Set<String> own =
        properties == null
            ? Set.of()
            : properties.entries().stream().map(YamlNode.Entry::name).collect(Collectors.toSet());
    Stream<YamlNode> values =
        file.entries()
            .flatMap(
                entry -> Stream.concat(Stream.of(entry.value()), entry.value().items().stream()));
    return values
        .filter(YamlNode::isText)
        .flatMap(
            value ->
                Stream.concat(
                    braces(file, value, own),
                    PLACEHOLDER
                        .matcher(value.text())
                        .results()
                        .flatMap(found -> at(file, value, found, own))));
  }

  /** Braces that are not those of a placeholder. */
  private Stream<Problem> braces(SourceFile file, YamlNode value, Set<String> own) {
    String text = value.text();
    Matcher open = OPEN.matcher(text);
    if (open.find()) {
      String name = open.group(1).replaceFirst("[^\\w.:-].*", "");
      return Stream.of(
          file.problem(
              value,
              open.start(),
              "{{ is not closed by two braces",
              "Write {{%s}}".formatted(name.isEmpty() ? "name" : name)));
    }
    Matcher dollar = DOLLAR.matcher(text);
    if (dollar.find()) {
      String placeholder = dollar.group().substring(1);
      return Stream.of(
          file.problem(
              value,
              dollar.start(),
              "a placeholder has no $ in front of it",
              "Write " + placeholder));
    }
    Matcher single = SINGLE.matcher(text);
    boolean suggestion =
        single.matches()
            && (text.endsWith("}}") || own.contains(single.group(1)) || known.has(single.group(1)));
    return suggestion
        ? Stream.of(
            file.problem(
                value,
                "%s is a text, no placeholder".formatted(text),
                "Write \"{{%s}}\"".formatted(single.group(1))))
        : Stream.empty();
  }

  private Stream<Problem> at(SourceFile file, YamlNode value, MatchResult found, Set<String> own) {
    String text = found.group(1).replaceFirst("^[?!]", "");
    if (!text.equals(text.strip())) {
      return Stream.of(
          file.problem(
              value,
              found.start(),
              "%s holds spaces, which belong to the name".formatted(found.group()),
              "Write {{%s}}".formatted(text.strip())));
    }
    String name = text.replaceFirst(":.*", "");
    if (name.equals("env")) {
      return variable(file, value, found.start(), text.replaceFirst("^env:", ""));
    }
    boolean optional = text.contains(":") || found.group(1).startsWith("?");
    boolean fine =
        own.contains(name)
            || FUNCTIONS.contains(name)
            || known.has(name)
            || (optional && !name.startsWith("relay."));
    if (fine) {
      return Stream.empty();
    }
    String problem = "nothing defines {{%s}}".formatted(name);
    return Stream.of(file.problem(value, found.start(), problem, fix(name, own)));
  }

  /** An environment variable has a correct name; it need not be set where lint runs. */
  private Stream<Problem> variable(SourceFile file, YamlNode value, int offset, String text) {
    String name = text.replaceFirst(":.*", "");
    if (!name.matches("[A-Za-z_]\\w*")) {
      String fix = "Write {{env:NAME}} or {{env:NAME:default}}";
      String problem = "\"%s\" is no name of a variable".formatted(name);
      return Stream.of(file.problem(value, offset, problem, fix));
    }
    if (known.variables().contains(name) || System.getenv(name) != null) {
      return Stream.empty();
    }
    return SpellingSuggestion.of(name, known.variables(), 2)
        .map(
            suggestion ->
                file.problem(
                    value,
                    offset,
                    "the program knows no variable %s".formatted(name),
                    "Did you mean {{env:%s}}?".formatted(suggestion)))
        .stream();
  }

  private String fix(String name, Set<String> own) {
    if (name.startsWith("relay.")) {
      return SpellingSuggestion.hint(name, known.relay());
    }
    return own.isEmpty()
        ? "Set it in the environment, or give it a default: {{%s:default}}".formatted(name)
        : SpellingSuggestion.hint(name, own);
  }
}
