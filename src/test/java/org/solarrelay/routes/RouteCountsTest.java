package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteCountsTest {

  @Test
  void theLastFailureIsItsKindInWordsWithoutItsText() {
    RouteCounts.Counter counter = new RouteCounts().of("translate-flip");

    counter.ended(new IllegalStateException("Ada Brook"));

    assertThat(counter.figures().lastFailure()).isEqualTo("illegal state");
  }
}
