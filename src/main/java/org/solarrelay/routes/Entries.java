package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.routes.lint.EndpointUse;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.routes.lint.RouteSet;

/**
 * The {@code direct:} endpoints that the program itself enters. A route there may come at any time,
 * but a deleted file or a slip must not take one away: what is due there would die.
 *
 * @param names such as {@code deliver-crm}
 */
record Entries(Set<String> names) {

  /** What would be missing if {@code files} took the place of {@code good}. */
  List<Problem> missing(Map<String, String> good, Map<String, String> files) {
    RouteSet before = RouteSet.of(good);
    Set<String> lost = new TreeSet<>(before.directNames());
    lost.retainAll(names);
    lost.removeAll(RouteSet.of(files).directNames());
    return lost.stream().map(name -> missing(before, name)).toList();
  }

  private static Problem missing(RouteSet before, String name) {
    EndpointUse lost =
        before
            .endpoints()
            .filter(use -> use.consumer() && use.scheme().equals("direct"))
            .filter(use -> use.name().equals(name))
            .findFirst()
            .orElseThrow();
    return new Problem(
        lost.file().name(),
        lost.uri().line(),
        lost.uri().column(),
        "no route would begin at direct:%s any more, and messages come there".formatted(name),
        "Bring it back; to be rid of it, turn off what it is for and start the program again");
  }
}
