package org.solarrelay.routes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.solarrelay.routes.lint.Problem;

/** How each file of the folder stands, for operators. */
final class FileStates {

  /**
   * @param state {@code ok}, or {@code rejected}: then what runs is the last version that was fine
   * @param problems why it is rejected; empty where it is not
   * @param changedAt when what runs of it was last changed; null where nothing of it ever ran
   * @param lastError the last rejection, also where the file has been mended since; or null
   */
  record State(
      String path, String state, List<Problem> problems, Instant changedAt, Rejection lastError) {}

  record Rejection(Instant at, String text) {}

  private final Map<String, State> states = new TreeMap<>();

  synchronized List<State> all() {
    return List.copyOf(states.values());
  }

  synchronized long rejected() {
    return states.values().stream().filter(it -> !it.problems.isEmpty()).count();
  }

  /**
   * @param before text of the files that were in force
   * @param after text of the files that are
   * @param rejected what is wrong, by file
   * @return the files with news of problems: newly rejected, for another reason, or no longer
   */
  synchronized List<State> update(
      Map<String, String> before, Map<String, String> after, Map<String, List<Problem>> rejected) {
    Instant now = Instant.now();
    TreeSet<String> paths = new TreeSet<>(after.keySet());
    paths.addAll(rejected.keySet());
    Map<String, State> old = new TreeMap<>(states);
    states.clear();
    for (String path : paths) {
      State last = old.get(path);
      List<Problem> problems = rejected.getOrDefault(path, List.of());
      boolean unchanged = last != null && Objects.equals(before.get(path), after.get(path));
      Instant changedAt = unchanged ? last.changedAt : after.containsKey(path) ? now : null;
      Rejection error = last == null ? null : last.lastError;
      boolean news = last == null || !last.problems.equals(problems);
      if (!problems.isEmpty() && news) {
        error = new Rejection(now, problems.get(0).toString());
      }
      String state = problems.isEmpty() ? "ok" : "rejected";
      states.put(path, new State(path, state, problems, changedAt, error));
    }
    return states.values().stream()
        .filter(
            it ->
                !it.problems.equals(
                    old.containsKey(it.path) ? old.get(it.path).problems : List.of()))
        .toList();
  }
}
