package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reload waits for lint: docs/test-a-route.md has the figures. */
class LintSpeedTest {

  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final int ROUNDS = 3;

  @Test
  void theWholeFolderIsCheckedInTwoSeconds() throws Exception {
    Map<String, String> files = FolderFiles.read(Path.of("routes"));

    Duration fastest = BOUND.multipliedBy(ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      // a lint with an empty cache
      Lint lint = new Lint();
      long begin = System.nanoTime();
      assertThat(lint.check(files)).isEmpty();
      Duration taken = Duration.ofNanos(System.nanoTime() - begin);
      fastest = taken.compareTo(fastest) < 0 ? taken : fastest;
    }

    assertThat(fastest).isLessThan(BOUND);
  }
}
