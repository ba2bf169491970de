package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.LogCapture;

class DryRunExecutorTest {

  private static final String THREADS = "executor-test";
  private static final Duration SHORT = Duration.ofMillis(20);

  private final LogCapture log = LogCapture.open();
  private final DryRunExecutor executor = new DryRunExecutor(THREADS);

  @BeforeEach
  void hold() {
    StubbornBean.hold();
  }

  @AfterEach
  void release() {
    StubbornBean.release();
    log.close();
  }

  @Test
  void aRunThatIgnoresTheInterruptKeepsItsDaemonThreadAndAThirdIsRejected() throws Exception {
    assertThatThrownBy(() -> stubborn("The first")).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> stubborn("The second")).isInstanceOf(TimeoutException.class);

    assertThatThrownBy(() -> stubborn("The third"))
        .isInstanceOf(DryRunExecutor.BusyException.class)
        .hasMessage("The first and The second did not end within the time limit");

    assertThat(threads())
        .hasSize(2)
        .allMatch(Thread::isDaemon)
        .extracting(Thread::getName)
        .containsExactlyInAnyOrder(THREADS + "-1", THREADS + "-2");
    assertThat(log.lines())
        .anyMatch(
            line ->
                line.contains("The first exceeds its time limit") && line.contains(THREADS + "-1"));
  }

  @Test
  void aRunMayStartAgainOnceAnOverdueRunHasEnded() throws Exception {
    assertThatThrownBy(() -> stubborn("The first")).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> stubborn("The second")).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> stubborn("The third"))
        .isInstanceOf(DryRunExecutor.BusyException.class);
    long full = executor.capacityVersion();

    StubbornBean.release();

    await().until(() -> executor.capacityVersion() != full);
    assertThat(executor.call("The fourth", Duration.ofSeconds(10), () -> "done")).isEqualTo("done");
    assertThat(executor.capacityVersion()).isEqualTo(full + 1);
  }

  @Test
  void aRunThatReactsToTheInterruptLeavesNothing() {
    for (int n = 0; n < 5; n++) {
      assertThatThrownBy(
              () ->
                  executor.call(
                      "A run", SHORT, () -> new CountDownLatch(1).await(1, TimeUnit.MINUTES)))
          .isInstanceOf(TimeoutException.class);
    }

    assertThat(threads()).isEmpty();
  }

  private void stubborn(String what) throws Exception {
    executor.call(what, SHORT, () -> new StubbornBean().pass(what));
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(THREADS))
        .toList();
  }
}
