package org.solarrelay.routes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.solarrelay.routes.lint.Problem;

/** The status of each file in the folder, for operators. */
public final class FileStatuses {

  /**
   * @param problems why the version that was checked last is rejected; empty if it is accepted
   * @param warnings failing specs of a file that is in force
   * @param changedAt when the version in force was loaded; empty before the first load
   * @param lastError the last rejection, even if the file has been fixed since
   */
  record State(
      String path,
      FileState state,
      List<Problem> problems,
      List<Problem> warnings,
      Optional<Instant> changedAt,
      Optional<Rejection> lastError) {

    private State warn(List<Problem> specs) {
      return new State(path, state, problems, specs, changedAt, lastError);
    }

    private static State unknown(String path) {
      return new State(
          path, FileState.OK, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    private State checking() {
      return new State(path, FileState.CHECKING, problems, warnings, changedAt, lastError);
    }

    private boolean hasSameProblems(State other) {
      return problems.equals(other.problems) && warnings.equals(other.warnings);
    }
  }

  public record Rejection(Instant at, String text) {}

  private final Map<String, State> states = new TreeMap<>();

  synchronized List<State> all() {
    return List.copyOf(states.values());
  }

  /**
   * All files, each with the result of its last check.
   *
   * @param checking files whose check has not ended; a new file is added
   */
  synchronized List<State> all(Set<String> checking) {
    Map<String, State> all = new TreeMap<>(states);
    for (String path : checking) {
      all.put(path, all.getOrDefault(path, State.unknown(path)).checking());
    }
    return List.copyOf(all.values());
  }

  /** The rejected files, each with the first of its problems, by path. */
  synchronized Map<String, String> rejections() {
    return states.values().stream()
        .filter(it -> !it.problems.isEmpty())
        .collect(Collectors.toMap(State::path, it -> it.problems.get(0).toString()));
  }

  /** How many files of the folder are rejected. */
  synchronized long rejected() {
    return states.values().stream().filter(it -> !it.problems.isEmpty()).count();
  }

  /** The files that are rejected, or in force although a spec fails. */
  synchronized Set<String> withProblems() {
    return paths(it -> !it.problems.isEmpty() || !it.warnings.isEmpty());
  }

  /** The files in force with a failing spec. */
  synchronized Set<String> warned() {
    return paths(it -> !it.warnings.isEmpty());
  }

  private Set<String> paths(Predicate<State> condition) {
    return states.values().stream()
        .filter(condition)
        .map(State::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Replaces all warnings.
   *
   * @return the files whose warnings differ from before
   */
  synchronized List<State> warn(Map<String, List<Problem>> warnings) {
    Map<String, State> old = new TreeMap<>(states);
    states.replaceAll((path, state) -> state.warn(warnings.getOrDefault(path, List.of())));
    return states.values().stream()
        .filter(state -> hasChanged(state, old.get(state.path)))
        .toList();
  }

  /**
   * Updates all files after a reload.
   *
   * @param before text of the files that were in force
   * @param after text of the files that are in force
   * @param findings the problems, by file
   * @return the files whose problems or warnings differ from before
   */
  synchronized List<State> update(
      Map<String, String> before, Map<String, String> after, FileFindings findings) {
    Instant now = Instant.now();
    TreeSet<String> paths = new TreeSet<>(after.keySet());
    paths.addAll(findings.rejected().keySet());
    Map<String, State> old = new TreeMap<>(states);
    states.clear();
    for (String path : paths) {
      State last = old.get(path);
      List<Problem> problems = findings.rejected().getOrDefault(path, List.of());
      boolean unchanged = last != null && Objects.equals(before.get(path), after.get(path));
      Optional<Instant> changedAt =
          unchanged ? last.changedAt : Optional.of(now).filter(it -> after.containsKey(path));
      Optional<Rejection> error = last == null ? Optional.empty() : last.lastError;
      boolean news = last == null || !last.problems.equals(problems);
      if (!problems.isEmpty() && news) {
        error = Optional.of(new Rejection(now, problems.get(0).toString()));
      }
      FileState state = problems.isEmpty() ? FileState.OK : FileState.REJECTED;
      List<Problem> warnings =
          findings.warned().getOrDefault(path, unchanged ? last.warnings : List.of());
      states.put(path, new State(path, state, problems, warnings, changedAt, error));
    }
    return states.values().stream()
        .filter(state -> hasChanged(state, old.get(state.path)))
        .toList();
  }

  private static boolean hasChanged(State state, State old) {
    return old == null
        ? !state.problems.isEmpty() || !state.warnings.isEmpty()
        : !state.hasSameProblems(old);
  }
}
