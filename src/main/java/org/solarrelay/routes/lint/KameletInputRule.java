package org.solarrelay.routes.lint;

import java.util.Map;
import java.util.stream.Stream;

/**
 * The input of a kamelet is its body or a declared property. A variable that the kamelet reads
 * without setting it would be an undeclared input.
 */
final class KameletInputRule implements Rule {

  private final Map<String, Class<?>> beans = BeanIndex.types();

  private final FileCheck perFile = new FileCheck(this::ofKamelet);

  @Override
  public Stream<Problem> check(RouteFolderIndex folder) {
    return folder.kamelets().flatMap(perFile::of);
  }

  private Stream<Problem> ofKamelet(SourceFile file) {
    YamlNode template = file.root().at("spec", "template");
    return template == null
        ? Stream.empty()
        : VariableRead.unset(template, beans).map(unset -> problem(file, unset));
  }

  private static Problem problem(SourceFile file, VariableRead unset) {
    String name = unset.name();
    return file.problem(
        unset.where(),
        "the kamelet reads the variable \"%s\", which it does not set".formatted(name),
        "Take it as the body, or declare a property with an expression: \"%s: ${variable.%s}\""
            .formatted(name, name));
  }
}
