package org.solarrelay.routes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.solarrelay.config.SpecMode;
import org.solarrelay.routes.lint.Problem;

/** Decides which changed files may come into force, by the result of their specs. */
final class SpecGate {

  private final SpecMode mode;
  private final SpecCheck specs;
  private final BiPredicate<String, String> reverted;

  /**
   * @param reverted whether an operator has reverted a file (first) to this text (second): its
   *     failing specs are reported and do not reject it
   */
  SpecGate(SpecMode mode, SpecCheck specs, BiPredicate<String, String> reverted) {
    this.mode = mode;
    this.specs = specs;
    this.reverted = reverted;
  }

  /** A gate that runs no spec. */
  static SpecGate open() {
    return new SpecGate(SpecMode.OFF, new NoSpecs(), (path, text) -> false);
  }

  /**
   * @param rejected failing cases, by the file that is rejected
   * @param warned failing cases, by the file that comes into force
   */
  record Decision(Map<String, List<Problem>> rejected, Map<String, List<Problem>> warned) {}

  /**
   * @param inForce the files in force, text by path
   * @param next the files to be in force; lint has accepted them
   */
  Decision decide(Map<String, String> inForce, Map<String, String> next) {
    Map<String, List<Problem>> rejected = new TreeMap<>();
    Map<String, List<Problem>> warned = new TreeMap<>();
    if (mode != SpecMode.OFF && !inForce.equals(next)) {
      List<SpecCheck.Failure> failures = specs.failures(inForce, next);
      for (String file : causes(failures)) {
        boolean taken = mode == SpecMode.WARN || reverted.test(file, next.get(file));
        (taken ? warned : rejected).put(file, about(file, failures));
      }
    }
    return new Decision(rejected, warned);
  }

  /** The value of {@link SpecCheck#state}; 0 if no spec runs. */
  long state() {
    return mode == SpecMode.OFF ? 0 : specs.state();
  }

  /** Files that explain all failures; cases that reach fewer changed files decide first. */
  private static Set<String> causes(List<SpecCheck.Failure> failures) {
    Set<String> causes = new TreeSet<>();
    failures.stream()
        .sorted(Comparator.comparingInt(failure -> failure.files().size()))
        .filter(failure -> failure.files().stream().noneMatch(causes::contains))
        .forEach(failure -> causes.addAll(failure.files()));
    return causes;
  }

  private static List<Problem> about(String file, List<SpecCheck.Failure> failures) {
    List<Problem> problems = new ArrayList<>();
    failures.stream()
        .filter(failure -> failure.files().contains(file))
        .forEach(failure -> problems.add(failure.problem()));
    return problems;
  }

  private static final class NoSpecs implements SpecCheck {

    @Override
    public List<Failure> failures(Map<String, String> before, Map<String, String> after) {
      return List.of();
    }

    @Override
    public long state() {
      return 0;
    }
  }
}
