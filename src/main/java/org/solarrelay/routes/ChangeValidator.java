package org.solarrelay.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.routes.lint.Lint;
import org.solarrelay.routes.lint.Problem;

/**
 * Decides which changes of a folder can be used. Each file is taken or refused as a whole; what
 * depends on each other is looked at together, so that a route and the kamelet it calls may come in
 * any order.
 */
final class ChangeValidator {

  private final Supplier<Lint> rules;
  private final EntryPoints entries;
  private Lint lint;

  /**
   * @param rules is asked with the first change: a program that is starting needs none
   */
  ChangeValidator(Supplier<Lint> rules, EntryPoints entries) {
    this.rules = rules;
    this.entries = entries;
  }

  /**
   * @param files the set to be in force: what is fine of the new one, the rest as it was
   * @param rejected what is wrong, by file
   */
  record Validation(Map<String, String> files, Map<String, List<Problem>> rejected) {}

  /**
   * @param good the files in force, text by path
   * @param next the files as they are now
   */
  Validation judge(Map<String, String> good, Map<String, String> next) {
    Set<String> changed =
        Stream.concat(good.keySet().stream(), next.keySet().stream())
            .filter(file -> !Objects.equals(good.get(file), next.get(file)))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, List<Problem>> rejected = new TreeMap<>();
    while (true) {
      if (changed.isEmpty()) {
        return new Validation(with(good, next, changed), rejected);
      }
      Map<String, String> files = with(good, next, changed);
      List<Problem> problems = problems(good, files);
      if (problems.isEmpty()) {
        return new Validation(files, rejected);
      }
      Set<String> blamed = blamed(good, next, changed, problems);
      blamed.forEach(file -> rejected.put(file, about(file, problems)));
      changed.removeAll(blamed);
    }
  }

  private Set<String> blamed(
      Map<String, String> good,
      Map<String, String> next,
      Set<String> changed,
      List<Problem> problems) {
    Set<String> named =
        problems.stream()
            .map(Problem::file)
            .filter(changed::contains)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!named.isEmpty()) {
      return named;
    }
    // a file that has not changed misses something: which of the changes took it away?
    for (String file : changed) {
      Set<String> others = new TreeSet<>(changed);
      others.remove(file);
      if (problems(good, with(good, next, others)).isEmpty()) {
        return Set.of(file);
      }
    }
    return Set.copyOf(changed);
  }

  /** What keeps a set of files from coming into force after another; specs aside. */
  List<Problem> problems(Map<String, String> good, Map<String, String> files) {
    List<Problem> problems = new ArrayList<>(lint().check(files));
    if (problems.isEmpty()) {
      problems.addAll(entries.missing(good, files));
    }
    return problems;
  }

  private synchronized Lint lint() {
    if (lint == null) {
      lint = rules.get();
    }
    return lint;
  }

  private static List<Problem> about(String file, List<Problem> problems) {
    List<Problem> own = problems.stream().filter(it -> it.file().equals(file)).toList();
    return own.isEmpty() ? problems : own;
  }

  private static Map<String, String> with(
      Map<String, String> good, Map<String, String> next, Set<String> changed) {
    Map<String, String> files = new TreeMap<>(good);
    for (String file : changed) {
      if (next.containsKey(file)) {
        files.put(file, next.get(file));
      } else {
        files.remove(file);
      }
    }
    return files;
  }
}
