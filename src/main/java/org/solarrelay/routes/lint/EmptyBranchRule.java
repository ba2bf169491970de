package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A step that can contain steps contains at least one. An empty step does nothing: the rest of the
 * file is missing, or the steps have the wrong indentation.
 */
final class EmptyBranchRule implements Rule {

  private static final Set<String> KEYS =
      Set.of(
          "filter",
          "loop",
          "split",
          "multicast",
          "doTry",
          "doCatch",
          "doFinally",
          "when",
          "otherwise");

  /** Steps that have only steps as their content. */
  private static final Set<String> STEPS_ALONE = Set.of("otherwise", "doFinally");

  private final FileCheck perFile = new FileCheck(EmptyBranchRule::ofFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> ofFile(SourceFile file) {
    return file.entries()
        .filter(entry -> KEYS.contains(String.valueOf(entry.name())))
        .flatMap(
            entry ->
                branches(entry.value())
                    .filter(branch -> isEmpty(branch, STEPS_ALONE.contains(entry.name())))
                    .map(branch -> problem(file, entry, branch)));
  }

  /** The values of a key that may have a list of them. */
  private static Stream<YamlNode> branches(YamlNode value) {
    List<YamlNode> branches = value.isList() ? value.items() : List.of(value);
    return branches.stream().filter(YamlNode::isMap);
  }

  /**
   * Whether the branch is a step that contains no steps. Other options have the same names, but
   * only a step has an expression, an exception or steps.
   */
  private static boolean isEmpty(YamlNode branch, boolean stepsAlone) {
    YamlNode steps = branch.get("steps");
    boolean step =
        stepsAlone
            || steps != null
            || branch.has("expression")
            || branch.has("exception")
            || branch.has("simple");
    return step && (steps == null || steps.items().isEmpty());
  }

  private static Problem problem(SourceFile file, YamlNode.Entry entry, YamlNode branch) {
    return file.problem(
        branch == entry.value() ? entry.key() : branch,
        "this %s has no steps, so it does nothing".formatted(entry.name()),
        "Add steps: below it, or remove it");
  }
}
