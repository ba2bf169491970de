package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.routes.lint.DestinationsFile;
import org.solarrelay.routes.lint.EndpointUse;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.routes.lint.RouteFolderIndex;

/**
 * The {@code direct:} and {@code delivery:} endpoints that the program itself enters. A route there
 * may come at any time, but a deleted file or a slip must not take one away: what is due there
 * would die.
 *
 * @param addresses such as {@code delivery:crm}; those of {@code destinations.yaml} are added
 */
record EntryPoints(Set<String> addresses) {

  /** What would be missing if {@code files} took the place of {@code good}. */
  List<Problem> missing(Map<String, String> good, Map<String, String> files) {
    RouteFolderIndex before = RouteFolderIndex.of(good);
    Set<String> lost = new TreeSet<>(before.entries());
    Set<String> required = new TreeSet<>(addresses);
    DestinationsFile.entries(files).forEach(entry -> required.add("delivery:" + entry.name()));
    lost.retainAll(required);
    lost.removeAll(RouteFolderIndex.of(files).entries());
    return lost.stream().map(address -> missing(before, address)).toList();
  }

  private static Problem missing(RouteFolderIndex before, String address) {
    EndpointUse lost =
        before
            .endpoints()
            .filter(use -> use.consumer() && use.address().equals(address))
            .findFirst()
            .orElseThrow();
    return new Problem(
        lost.file().name(),
        lost.uri().line(),
        lost.uri().column(),
        "no route would begin at %s any more, and messages arrive there".formatted(address),
        "Bring it back; to be rid of it, remove the destination from destinations.yaml as well, or"
            + " turn off what it is for and start the program again");
  }
}
