package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.eventIds;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.QueueFixture;
import org.solarrelay.delivery.queue.TakeLimit;
import org.solarrelay.event.JsonMemory;

/** Deliveries are taken within a bound of their events' bytes. */
class TakeLimitTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void noMoreIsTakenThanFitsAndTheRestLater() throws SQLException {
    add("a", 400);
    add("b", 400);
    add("c", 400);

    assertThat(take(1300, 1000, false)).containsExactly("a", "b");
    assertThat(take(1300, 1000, false)).containsExactly("c");
  }

  @Test
  void aLargeOneIsTakenAloneWithTheOthersBesideIt() throws SQLException {
    add("large", 5_000);
    add("a", 100);
    add("larger", 6_000);
    add("b", 100);

    assertThat(take(2_000, 1_000, true)).containsExactlyInAnyOrder("large", "a", "b");
    assertThat(take(2_000, 1_000, false)).isEmpty();
    assertThat(take(2_000, 1_000, true)).containsExactly("larger");
  }

  @Test
  void largeOnesInFrontKeepNoOtherInTheQueue() throws SQLException {
    for (int n = 0; n < 20; n++) {
      add("large" + n, 5_000);
    }
    add("small", 100);

    List<Delivery> taken =
        fixture.queue.take("enerflo", 10, new TakeLimit(2_000, 1_000, false), LEASE);
    assertThat(eventIds(taken)).containsExactly("small");
  }

  @Test
  void twoWorkersTogetherHoldOneLargeEventAtATimeAndAllAreDelivered() throws Exception {
    JsonMemory memory = fixture.memory;
    int large = (int) memory.destinationBytes() + 1;
    AtomicInteger held = new AtomicInteger();
    List<Integer> most = new CopyOnWriteArrayList<>();
    DeliveryExecutor.Call call =
        new DeliveryExecutor.Call() {
          @Override
          public void start(Delivery delivery, Consumer<AttemptResult> end) {
            if (delivery.bytes() >= large) {
              most.add(held.incrementAndGet());
              held.decrementAndGet();
            }
            end.accept(AttemptResult.delivered("v"));
          }

          @Override
          public AttemptResult timedOut(Delivery delivery, Duration within) {
            return AttemptResult.retry(Duration.ZERO, "late");
          }
        };
    for (int n = 0; n < 3; n++) {
      add("large" + n, large);
      add("small" + n, 100);
    }
    DestinationWorker one = QueueWorker.of(fixture, call, Map.of());
    DestinationWorker two = QueueWorker.of(fixture, call, Map.of());
    List<Thread> threads = List.of(new Thread(one), new Thread(two));
    threads.forEach(Thread::start);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  fixture
                      .column("select count(*) from delivery where state = 'delivered'")
                      .equals(List.of("6")));
    } finally {
      one.stop();
      two.stop();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(most).hasSize(3).containsOnly(1);
    assertThat(memory.tryLarge()).isTrue();
    memory.releaseLarge();
  }

  private static List<String> take(long bytes, long large, boolean takesLarge) throws SQLException {
    return eventIds(
        fixture.queue.take("enerflo", 100, new TakeLimit(bytes, large, takesLarge), LEASE));
  }

  /** Text that does not compress, as PostgreSQL would keep less of it. */
  private static void add(String id, int size) throws SQLException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(size);
    while (text.length() < size) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    fixture.add(lead(id, id, text + "@example.com"), "enerflo");
  }
}
