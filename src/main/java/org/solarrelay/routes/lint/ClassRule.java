package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.stream.Stream;

/** Classes that a file names exist; exceptions are exceptions. */
final class ClassRule implements Rule {

  private static final Set<String> KEYS = Set.of("beanType", "exceptionType", "resultType", "type");

  @Override
  public Stream<Problem> check(RouteSet set) {
    return set.files().stream()
        .flatMap(file -> file.entries().flatMap(ClassRule::names).flatMap(it -> at(file, it)));
  }

  private static Stream<YamlNode> names(YamlNode.Entry entry) {
    String key = String.valueOf(entry.name());
    if (key.equals("exception") && entry.value().isList()) {
      return entry.value().items().stream();
    }
    return KEYS.contains(key) && isClassName(entry.value().text())
        ? Stream.of(entry.value())
        : Stream.empty();
  }

  private static boolean isClassName(String text) {
    return text != null && text.matches("[a-z]\\w*(\\.\\w+)+");
  }

  private static Stream<Problem> at(SourceFile file, YamlNode name) {
    return Types.find(name.text()) != null || String.valueOf(name.text()).contains("{{")
        ? Stream.empty()
        : Stream.of(
            file.problem(
                name,
                "there is no class %s".formatted(name.text()),
                "Write its whole name with the package, as in java.io.IOException"));
  }
}
