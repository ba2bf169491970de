package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solarrelay.routes.lint.Problem;

/** Runs the specs that a change affects. */
public interface SpecCheck {

  /**
   * A case that fails.
   *
   * @param problem spec file, line of the case, and the differences
   * @param files the changed files that a message of the case can reach; never empty
   */
  record Failure(Problem problem, Set<String> files) {}

  /**
   * The failing cases of changed routes and of routes that call them. Returns within a limited
   * time; a case that does not end by then is a failure.
   *
   * @param before the files in force, text by path
   * @param after the files to be in force; lint has accepted them
   */
  List<Failure> failures(Map<String, String> before, Map<String, String> after);

  /**
   * A number that changes with the specs and samples. A file that a failing spec rejects is checked
   * again when the number changes.
   */
  long state();
}
