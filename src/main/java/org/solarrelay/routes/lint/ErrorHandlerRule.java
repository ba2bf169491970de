package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.stream.Stream;

/**
 * No route or kamelet has its own error handler or redelivery: they are in {@code ErrorHandling}.
 */
final class ErrorHandlerRule implements Rule {

  private static final Set<String> KEYS =
      Set.of("errorHandler", "errorHandlerRef", "onException", "routeConfigurationId");

  private static final String FIX =
      "Remove it: a route hands its exception to its caller, which retries the delivery or writes"
          + " the dead letter. To end a delivery for good, use throwException with"
          + " org.solarrelay.delivery.PermanentFailureException; to go on after a failure, use doTry";

  private final FileCheck perFile = new FileCheck(ErrorHandlerRule::ofFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> ofFile(SourceFile file) {
    return file.entries()
        .filter(entry -> KEYS.contains(String.valueOf(entry.name())))
        .filter(entry -> isOfRoute(entry.map()))
        .map(entry -> file.problem(entry.key(), problem(entry.name()), FIX));
  }

  /**
   * Whether the mapping is a route or template, which has a {@code from}; a parameter may have the
   * same name.
   */
  private static boolean isOfRoute(YamlNode map) {
    return map.get("from") != null;
  }

  private static String problem(String key) {
    return "a route file has no %s: events would be lost or delivered twice".formatted(key);
  }
}
