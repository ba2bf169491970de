package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartFailureTest {

  @Test
  void theReasonIsTheFirstLineOfTheInnermostMessage() {
    Exception failure = new IllegalStateException("outer", new RuntimeException(" inner \nmore"));

    assertThat(StartFailure.reason(failure)).isEqualTo("inner");
  }

  @Test
  void aFailureWithoutAMessageIsNamedByItsKind() {
    assertThat(StartFailure.reason(new NullPointerException())).isEqualTo("null pointer");
  }
}
