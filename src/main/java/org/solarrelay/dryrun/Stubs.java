package org.solarrelay.dryrun;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What simulated vendors say in one rehearsal. */
final class Stubs {

  private final List<StubResponse> own;
  private final List<StubResponse> usual;
  private final Set<StubResponse> used = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param own of this rehearsal; each is given once, in their order, and the last that fits again
   *     and again
   * @param usual where none of those fits
   */
  Stubs(List<StubResponse> own, List<StubResponse> usual) {
    this.own = own;
    this.usual = usual;
  }

  /** Empty where nobody said what to answer. */
  synchronized Optional<StubResponse> answer(OutgoingRequest call) {
    List<StubResponse> fitting = own.stream().filter(answer -> answer.fits(call)).toList();
    Optional<StubResponse> answer =
        fitting.stream()
            .filter(one -> !used.contains(one))
            .findFirst()
            .or(() -> fitting.stream().reduce((first, second) -> second))
            .or(() -> usual.stream().filter(one -> one.fits(call)).findFirst());
    answer.ifPresent(used::add);
    return answer;
  }

  /** Own answers that no call asked for. */
  synchronized List<StubResponse> unused() {
    return own.stream().filter(answer -> !used.contains(answer)).toList();
  }
}
