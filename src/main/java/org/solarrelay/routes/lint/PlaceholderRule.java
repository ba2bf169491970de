package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands in {@code {{double braces}}} is a property of the kamelet or of this program. */
final class PlaceholderRule implements Rule {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
  private static final Pattern DESTINATION =
      Pattern.compile("\\{\\{relay\\.destinations\\.([^.{}:]+)\\.[a-z-]+}}");
  private static final Set<String> FUNCTIONS =
      Set.of("env", "sys", "bean", "service", "service.host", "service.port", "boolean");

  private final KnownProperties known;

  PlaceholderRule(KnownProperties known) {
    this.known = known;
  }

  @Override
  public Stream<Problem> check(RouteSet set) {
    Set<String> called =
        set.endpoints().map(EndpointUse::kamelet).collect(Collectors.toUnmodifiableSet());
    return set.files().stream()
        .flatMap(
            file ->
                Stream.concat(
                    ofFile(file),
                    !file.isKamelet() || called.contains(file.stem())
                        ? destinations(set, file)
                        : Stream.empty()));
  }

  /** Without a default, the destination is one that the folder knows. */
  private static Stream<Problem> destinations(RouteSet set, SourceFile file) {
    return file.entries()
        .filter(entry -> entry.value().isText())
        .flatMap(
            entry ->
                DESTINATION
                    .matcher(entry.value().text())
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !set.knowsDestination(name))
                    .map(
                        name ->
                            file.problem(
                                entry.value(),
                                "there is no destination %s".formatted(name),
                                "Add it to destinations.yaml, or write another name. "
                                    + Nearest.hint(name, set.destinations()))));
  }

  private Stream<Problem> ofFile(SourceFile file) {
    YamlNode properties = file.root().at("spec", "definition", "properties");
    Set<String> own =
        properties == null
            ? Set.of()
            : properties.entries().stream().map(YamlNode.Entry::name).collect(Collectors.toSet());
    return file.entries()
        .filter(entry -> entry.value().isText())
        .flatMap(
            entry ->
                PLACEHOLDER
                    .matcher(entry.value().text())
                    .results()
                    .flatMap(found -> at(file, entry.value(), found, own)));
  }

  private Stream<Problem> at(SourceFile file, YamlNode value, MatchResult found, Set<String> own) {
    String text = found.group(1).replaceFirst("^[?!]", "");
    String name = text.replaceFirst(":.*", "");
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
    return Stream.of(file.problem(value, problem, mend(name, own)));
  }

  private String mend(String name, Set<String> own) {
    if (name.startsWith("relay.")) {
      return Nearest.hint(name, known.relay());
    }
    return own.isEmpty()
        ? "Set it in the environment, or give it a default: {{%s:default}}".formatted(name)
        : Nearest.hint(name, own);
  }
}
