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
 * The {@code direct:} and {@code delivery:} endpoints that the program itself calls. A route may be
 * added to one at any time. A deleted file or a typing error must not remove the route, because all
 * messages for it would become dead.
 *
 * @param addresses such as {@code delivery:crm}; those of {@code destinations.yaml} are added
 */
record EntryPoints(Set<String> addresses) {

  /**
   * A problem for each endpoint that would lose its route if {@code files} replaced {@code
   * inForce}.
   */
  List<Problem> missing(Map<String, String> inForce, Map<String, String> files) {
    RouteFolderIndex before = RouteFolderIndex.of(inForce);
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
        "no route would begin at %s, which receives messages".formatted(address),
        "Restore the route; or remove the destination from destinations.yaml as well, or turn off its"
            + " source or destination and restart the program");
  }
}
