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
 * Decides which changed files of a folder can be used. Each file is accepted or rejected as a
 * whole. Files that depend on each other are checked together, so a route and the kamelet it calls
 * may be saved in any order.
 */
final class ChangeValidator {

  private final Supplier<Lint> rules;
  private final EntryPoints entries;
  private Lint lint;

  /**
   * @param rules called at the first change, because the start needs no rules
   */
  ChangeValidator(Supplier<Lint> rules, EntryPoints entries) {
    this.rules = rules;
    this.entries = entries;
  }

  /**
   * @param files the files to be in force: accepted changes, and the previous version of the others
   * @param rejected the problems, by file
   */
  record Validation(Map<String, String> files, Map<String, List<Problem>> rejected) {}

  /**
   * @param inForce the files in force, text by path
   * @param next the files in the folder
   */
  Validation validate(Map<String, String> inForce, Map<String, String> next) {
    Set<String> changed =
        Stream.concat(inForce.keySet().stream(), next.keySet().stream())
            .filter(file -> !Objects.equals(inForce.get(file), next.get(file)))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, List<Problem>> rejected = new TreeMap<>();
    while (true) {
      if (changed.isEmpty()) {
        return new Validation(with(inForce, next, changed), rejected);
      }
      Map<String, String> files = with(inForce, next, changed);
      List<Problem> problems = problems(inForce, files);
      if (problems.isEmpty()) {
        return new Validation(files, rejected);
      }
      Set<String> causes = causes(inForce, next, changed, problems);
      causes.forEach(file -> rejected.put(file, problemsOf(file, problems)));
      changed.removeAll(causes);
    }
  }

  private Set<String> causes(
      Map<String, String> inForce,
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
    // an unchanged file lacks something: find the change that removed it
    for (String file : changed) {
      Set<String> others = new TreeSet<>(changed);
      others.remove(file);
      if (problems(inForce, with(inForce, next, others)).isEmpty()) {
        return Set.of(file);
      }
    }
    return Set.copyOf(changed);
  }

  /** The problems of files that would replace those in force. Specs are not run. */
  List<Problem> problems(Map<String, String> inForce, Map<String, String> files) {
    List<Problem> problems = new ArrayList<>(lint().check(files));
    if (problems.isEmpty()) {
      problems.addAll(entries.missing(inForce, files));
    }
    return problems;
  }

  private synchronized Lint lint() {
    if (lint == null) {
      lint = rules.get();
    }
    return lint;
  }

  private static List<Problem> problemsOf(String file, List<Problem> problems) {
    List<Problem> own = problems.stream().filter(it -> it.file().equals(file)).toList();
    return own.isEmpty() ? problems : own;
  }

  private static Map<String, String> with(
      Map<String, String> inForce, Map<String, String> next, Set<String> changed) {
    Map<String, String> files = new TreeMap<>(inForce);
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
