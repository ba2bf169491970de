package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solarrelay.routes.lint.Problem;

/** Runs the specs of routes that change. */
public interface SpecCheck {

  /**
   * A case that does not pass.
   *
   * @param problem spec file, line of the case, what was expected and what came
   * @param files the changed files that a message of the case may pass; never empty
   */
  record Failure(Problem problem, Set<String> files) {}

  /**
   * The cases that a change concerns and that do not pass: those of changed routes, and of routes
   * that call them. Returns within a bounded time; a case that does not end by then is a failure.
   *
   * @param before the files in force, text by path
   * @param after the files to be in force; lint has accepted them
   */
  List<Failure> failures(Map<String, String> before, Map<String, String> after);

  /**
   * What of the specs and samples has changed, as a number that differs then; for files that are
   * rejected for a spec and are fine once the spec is changed.
   */
  long state();
}
