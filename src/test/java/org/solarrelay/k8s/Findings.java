package org.solarrelay.k8s;

import java.util.List;

/** What was found in one object, added to a list. */
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
