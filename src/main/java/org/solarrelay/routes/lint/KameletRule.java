package org.solarrelay.routes.lint;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kamelet has the name of its file and a name that fits its type. A kamelet that calls a vendor
 * sends and returns only the headers that it sets.
 */
final class KameletRule implements Rule {

  private static final String TYPE = "camel.apache.org/kamelet.type";
  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*-(sink|action|source)";

  private final FileCheck perFile =
      new FileCheck(file -> Stream.of(naming(file), entry(file), headers(file)).flatMap(it -> it));

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.kamelets().flatMap(perFile::of);
  }

  private static Stream<Problem> naming(SourceFile file) {
    YamlNode name = file.root().at("metadata", "name");
    String type = file.root().textAt("metadata", "labels", TYPE);
    if (name == null || type == null) {
      return Stream.empty();
    }
    if (!file.stem().equals(name.text())) {
      String fix = "Call it \"%s\", or rename the file".formatted(file.stem());
      return Stream.of(file.problem(name, "the kamelet is not called as its file", fix));
    }
    if (!file.stem().matches(NAME) || !file.stem().endsWith("-" + type)) {
      return Stream.of(
          file.problem(
              name,
              "\"%s\" is no name for a kamelet of type %s".formatted(name.text(), type),
              "Call it and its file <system>-<verb>-<noun>-%s".formatted(type)));
    }
    return Stream.empty();
  }

  private static Stream<Problem> entry(SourceFile file) {
    YamlNode uri = file.root().at("spec", "template", "from", "uri");
    boolean source = file.stem().endsWith("-source");
    return uri == null || source || "kamelet:source".equals(uri.text())
        ? Stream.empty()
        : Stream.of(
            file.problem(
                uri, "a sink or action does not begin here", "Write \"uri: kamelet:source\""));
  }

  private static Stream<Problem> headers(SourceFile file) {
    YamlNode steps = file.root().at("spec", "template", "from", "steps");
    boolean calls = file.endpoints().stream().anyMatch(KameletRule::calls);
    if (steps == null || steps.items().isEmpty() || !calls) {
      return Stream.empty();
    }
    List<YamlNode> items = steps.items();
    return Stream.concat(
        removal(file, items.get(0), "begin", "what the message brings would leave with the call"),
        removal(file, items.get(items.size() - 1), "end", "the vendor's headers would go on"));
  }

  private static boolean calls(EndpointUse use) {
    return use.isHttpCall() || use.scheme().equals("vertx-http");
  }

  private static Stream<Problem> removal(
      SourceFile file, YamlNode step, String where, String otherwise) {
    return "*".equals(step.textAt("removeHeaders", "pattern"))
        ? Stream.empty()
        : Stream.of(
            file.problem(
                step,
                "the kamelet does not %s by removing all headers: %s".formatted(where, otherwise),
                "Add \"- removeHeaders:\" with \"pattern: '*'\" there"));
  }
}
