package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedResultTest {

  private static final int WAITING = 5;

  private long now = 1;
  private int loads;
  private Duration takes = Duration.ofMillis(100);
  private volatile boolean fails;

  private final SharedResult<Integer> shared = new SharedResult<>(this::load, 50, () -> now);

  private final ExecutorService requests = Executors.newCachedThreadPool();
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger begun = new AtomicInteger();
  private final SharedResult<Integer> atOnce =
      new SharedResult<>(this::loadAtOnce, 0, clock::incrementAndGet);

  @AfterEach
  void endRequests() {
    requests.shutdownNow();
  }

  private int load() throws SQLException {
    now += takes.toNanos();
    if (fails) {
      throw new SQLException("away");
    }
    return ++loads;
  }

  private int after(Duration time) throws SQLException {
    now += time.toNanos();
    return shared.get();
  }

  @Test
  void aResultIsSharedFiftyTimesAsLongAsItTakes() throws SQLException {
    assertThat(after(Duration.ZERO)).isEqualTo(1);
    assertThat(after(Duration.ofMillis(4999))).isEqualTo(1);
    assertThat(after(Duration.ofMillis(1))).isEqualTo(2);
  }

  @Test
  void aSlowResultIsSharedForTenSeconds() throws SQLException {
    takes = Duration.ofSeconds(3);
    assertThat(after(Duration.ZERO)).isEqualTo(1);
    assertThat(after(Duration.ofMillis(9999))).isEqualTo(1);
    assertThat(after(Duration.ofMillis(1))).isEqualTo(2);
  }

  @Test
  void aFailureIsNotShared() throws SQLException {
    fails = true;
    assertThatThrownBy(shared::get).isInstanceOf(SQLException.class);
    fails = false;
    assertThat(shared.get()).isEqualTo(1);
  }

  @Test
  void requestsThatComeDuringALoadShareTheNextOne() throws Exception {
    for (Future<Integer> request : requestsDuringALoad()) {
      assertThat(request.get()).isEqualTo(2);
    }
    assertThat(begun).hasValue(2);
    assertThat(atOnce.get()).isEqualTo(3);
  }

  @Test
  void requestsThatComeDuringALoadShareTheFailureOfTheNextOne() throws Exception {
    fails = true;
    for (Future<Integer> request : requestsDuringALoad()) {
      assertThatThrownBy(request::get).hasCauseInstanceOf(SQLException.class);
    }
    assertThat(begun).hasValue(2);
    fails = false;
    assertThat(atOnce.get()).isEqualTo(3);
  }

  /** The first load ends when all requests have come, which each read the clock. */
  private int loadAtOnce() throws SQLException {
    int load = begun.incrementAndGet();
    await().until(() -> load > 1 || clock.get() >= 2 + WAITING);
    if (fails && load > 1) {
      throw new SQLException("away");
    }
    return load;
  }

  private List<Future<Integer>> requestsDuringALoad() throws Exception {
    Future<Integer> first = requests.submit(atOnce::get);
    await().until(() -> begun.get() == 1);
    List<Future<Integer>> others =
        IntStream.range(0, WAITING).mapToObj(i -> requests.submit(atOnce::get)).toList();
    assertThat(first.get()).isEqualTo(1);
    return others;
  }
}
