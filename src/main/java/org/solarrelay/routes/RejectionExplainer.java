package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.solarrelay.routes.lint.Problem;

/**
 * Adds the cause to a rejection that another file causes: a removed file that is still needed, or a
 * needed new file that is rejected as well.
 */
final class RejectionExplainer {

  private static final Pattern ENDING =
      Pattern.compile("(?:\\.camel|\\.kamelet)?\\.ya?ml$|\\.schema\\.json$");

  private final Map<String, String> folder;
  private final Map<String, String> inForce;

  /**
   * @param folder the files in the folder, text by path
   * @param inForce the files in force, text by path
   */
  RejectionExplainer(Map<String, String> folder, Map<String, String> inForce) {
    this.folder = folder;
    this.inForce = inForce;
  }

  /**
   * @param rejected the problems, by rejected file
   */
  Map<String, List<Problem>> explain(Map<String, List<Problem>> rejected) {
    Map<String, List<Problem>> explained = new TreeMap<>();
    rejected.forEach(
        (path, problems) ->
            explained.put(
                path, problems.stream().map(problem -> explain(path, problem, rejected)).toList()));
    return explained;
  }

  private Problem explain(String path, Problem problem, Map<String, List<Problem>> rejected) {
    if (!folder.containsKey(path)) {
      return with(
          problem, "%s cannot be removed: %s".formatted(path, problem.message()), problem.fix());
    }
    return neededFile(path, problem, rejected)
        .map(
            file ->
                with(
                    problem,
                    problem.message(),
                    "%s adds it and is rejected as well".formatted(file)))
        .orElse(problem);
  }

  /** The rejected new file that the problem names. */
  private Optional<String> neededFile(
      String path, Problem problem, Map<String, List<Problem>> rejected) {
    if (problem.file().startsWith("tests/")) {
      return Optional.empty();
    }
    return rejected.keySet().stream()
        .filter(file -> folder.containsKey(file) && !inForce.containsKey(file))
        .filter(file -> !file.equals(path) && mentions(problem.message(), file))
        .findFirst();
  }

  private static boolean mentions(String text, String path) {
    String stem = ENDING.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceFirst("");
    return contains(text, stem) || contains(text, stem.replaceFirst("^deliver-", "delivery:"));
  }

  private static boolean contains(String text, String name) {
    return Pattern.compile("(?<![\\w.-])%s(?![\\w-])".formatted(Pattern.quote(name)))
        .matcher(text)
        .find();
  }

  private static Problem with(Problem problem, String text, String fix) {
    return new Problem(problem.file(), problem.line(), problem.column(), text, fix);
  }
}
