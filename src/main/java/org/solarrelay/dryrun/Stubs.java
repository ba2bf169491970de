package org.solarrelay.dryrun;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stubs of one dry run. */
final class Stubs {

  private final List<StubResponse> ofCase;
  private final List<StubResponse> defaults;
  private final Set<StubResponse> used = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param ofCase of this dry run, in order; each is used once, and the last that matches any
   *     number of times
   * @param defaults used if none of {@code ofCase} matches
   */
  Stubs(List<StubResponse> ofCase, List<StubResponse> defaults) {
    this.ofCase = ofCase;
    this.defaults = defaults;
  }

  /** The response to a call; empty if no stub matches. */
  synchronized Optional<StubResponse> find(OutgoingRequest call) {
    List<StubResponse> matching = ofCase.stream().filter(stub -> stub.matches(call)).toList();
    Optional<StubResponse> found =
        matching.stream()
            .filter(stub -> !used.contains(stub))
            .findFirst()
            .or(() -> matching.stream().reduce((first, second) -> second))
            .or(() -> defaults.stream().filter(stub -> stub.matches(call)).findFirst());
    found.ifPresent(used::add);
    return found;
  }

  /** The stubs of the case that no call used. */
  synchronized List<StubResponse> unused() {
    return ofCase.stream().filter(stub -> !used.contains(stub)).toList();
  }
}
