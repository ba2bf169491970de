package org.solarrelay.routes.lint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;

/** Camel's catalogue has the options of each endpoint and permits their values. */
final class EndpointOptionsRule implements Rule {

  private final CamelCatalog catalog;
  private final DefaultRuntimeCamelCatalog runtimeCatalog;

  private final FileCheck perFile = new FileCheck(this::inFile);

  EndpointOptionsRule(CamelCatalog catalog) {
    this.catalog = catalog;
    this.runtimeCatalog = catalog.runtimeCatalog();
  }

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private Stream<Problem> inFile(SourceFile file) {
    return file.endpoints().stream()
        .filter(use -> !use.scheme().equals("kamelet") && !use.isDynamic())
        // for an empty name Camel reads the folder of all components, and fails
        .filter(use -> !use.scheme().isBlank())
        .filter(use -> runtimeCatalog.componentJSonSchema(use.scheme()) != null)
        .flatMap(this::ofUse);
  }

  private Stream<Problem> ofUse(EndpointUse use) {
    EndpointValidationResult found =
        runtimeCatalog.validateEndpointProperties(uri(use), true, use.consumer(), !use.consumer());
    List<Problem> problems = new ArrayList<>();
    // an unknown option of http: is a query parameter: HttpCallRule
    each(use.isHttpCall() ? Set.of() : found.getUnknown())
        .forEach(
            name ->
                problems.add(
                    at(
                        use,
                        name,
                        "%s has no option \"%s\"".formatted(use.scheme(), name),
                        SpellingSuggestion.hint(name, catalog.parameterNames(use.scheme())))));
    each(found.getRequired())
        .forEach(
            name ->
                problems.add(
                    at(use, name, use.scheme() + " needs \"" + name + "\"", "Add it to the URI")));
    each(found.getNotConsumerOnly())
        .forEach(
            name -> problems.add(at(use, name, misplaced(name), "Remove it; it is for \"to\"")));
    each(found.getNotProducerOnly())
        .forEach(
            name -> problems.add(at(use, name, misplaced(name), "Remove it; it is for \"from\"")));
    invalid(found, "true or false", found.getInvalidBoolean(), use, problems);
    invalid(found, "a whole number", found.getInvalidInteger(), use, problems);
    invalid(found, "a number", found.getInvalidNumber(), use, problems);
    invalid(found, "a duration", found.getInvalidDuration(), use, problems);
    invalid(found, "one of its words", found.getInvalidEnum(), use, problems);
    return problems.stream();
  }

  private static String misplaced(String name) {
    return "\"%s\" has no effect here".formatted(name);
  }

  private static void invalid(
      EndpointValidationResult found,
      String expected,
      Map<String, String> invalid,
      EndpointUse use,
      List<Problem> problems) {
    if (invalid == null) {
      return;
    }
    invalid.forEach(
        (name, value) -> {
          Map<String, String[]> words = found.getInvalidEnumChoices();
          boolean known = words != null && words.containsKey(name);
          problems.add(
              at(
                  use,
                  name,
                  "%s cannot be \"%s\"".formatted(name, value),
                  known
                      ? SpellingSuggestion.hint(value, List.of(words.get(name)))
                      : "Write %s".formatted(expected)));
        });
  }

  private static Set<String> each(Set<String> names) {
    return names == null ? Set.of() : names;
  }

  private static Problem at(EndpointUse use, String option, String problem, String fix) {
    YamlNode where = use.optionNode(option);
    return where == use.uri()
        ? use.problem(where, option + "=", problem, fix)
        : use.problem(where, problem, fix);
  }

  /** The endpoint as one URI, with stand-ins for values that only a running program has. */
  private static String uri(EndpointUse use) {
    StringBuilder uri =
        new StringBuilder(
            use.text()
                .replaceFirst(":\\{\\{[^}]*}}", ":http://host")
                .replaceAll("\\{\\{[^}]*}}", "x"));
    for (YamlNode.Entry entry : use.parameters().map(YamlNode::entries).orElse(List.of())) {
      uri.append(uri.indexOf("?") < 0 ? '?' : '&');
      uri.append(entry.name()).append('=');
      uri.append(URLEncoder.encode(String.valueOf(entry.value().text()), StandardCharsets.UTF_8));
    }
    return uri.toString();
  }
}
