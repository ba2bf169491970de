package org.solarrelay.k8s;

import java.util.List;

/** Adds the problems of one object to a list. */
record Findings(String object, List<String> problems) {

  void unless(boolean expected, String problem) {
    if (!expected) {
      add(problem);
    }
  }

  void add(String problem) {
    problems.add(object + ": " + problem);
  }
}
