package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryOrigin;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.event.Event;

class DeliveryExecutorTest {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final AttemptResult DONE = AttemptResult.delivered("1");
  private static final Event EVENT = lead("e", "A", "a@example.com");

  /** Calls that end when the test says so. */
  private static class Calls implements DeliveryExecutor.Call {
    final Map<Long, Consumer<AttemptResult>> open = new ConcurrentHashMap<>();

    @Override
    public void start(Delivery delivery, Consumer<AttemptResult> end) {
      open.put(delivery.id(), end);
    }

    @Override
    public AttemptResult timedOut(Delivery delivery, Duration within) {
      return AttemptResult.retry(Duration.ofSeconds(1), "no result within " + within);
    }

    void end(long id) {
      open.remove(id).accept(DONE);
    }
  }

  private final Calls calls = new Calls();
  private final AtomicInteger signals = new AtomicInteger();

  @Test
  void neverMoreThanTheLimitAreInFlightAndTheEndOfOneStartsTheNext() {
    DeliveryExecutor slots = slots(2, LEASE, calls);
    slots.add(deliveries(1, 8));
    assertThat(calls.open).containsOnlyKeys(1L, 2L);
    assertThat(slots.capacity()).isZero();
    assertThat(slots.hasQueuedWork()).isTrue();

    calls.end(2);
    assertThat(calls.open).containsOnlyKeys(1L, 3L);
    assertThat(slots.capacity()).isEqualTo(1);
    assertThat(signals).hasValue(1);
    assertThat(slots.completed())
        .extracting(attempt -> attempt.delivery().id())
        .containsExactly(2L);
    assertThat(slots.completed()).isEmpty();
  }

  @Test
  void anOverdueCallIsEndedAndItsLateResponseIgnored() {
    DeliveryExecutor slots = slots(1, Duration.ofMillis(30), calls);
    slots.add(deliveries(1, 1));
    Consumer<AttemptResult> late = calls.open.get(1L);

    await().until(() -> endedAfterLooking(slots), ended -> ended.size() == 1);
    assertThat(slots.idle()).isTrue();
    late.accept(DONE);
    assertThat(slots.completed()).isEmpty();

    slots.add(deliveries(2, 1));
    assertThat(calls.open).containsKey(2L);
  }

  @Test
  void aCallWithinItsTimeIsLeftAlone() {
    DeliveryExecutor slots = slots(1, LEASE, calls);
    slots.add(deliveries(1, 1));
    slots.endOverdue();

    assertThat(slots.completed()).isEmpty();
    assertThat(slots.idle()).isFalse();
  }

  @Test
  void aResultThatIsReportedTwiceCountsOnce() {
    DeliveryExecutor slots = slots(1, LEASE, calls);
    slots.add(deliveries(1, 1));
    Consumer<AttemptResult> end = calls.open.get(1L);
    end.accept(DONE);
    end.accept(DONE);

    assertThat(slots.completed()).hasSize(1);
  }

  @Test
  void anyNumberOfCallsThatEndAtOnceFitsTheStack() {
    DeliveryExecutor slots =
        slots(
            1,
            LEASE,
            new Calls() {
              @Override
              public void start(Delivery delivery, Consumer<AttemptResult> end) {
                end.accept(DONE);
              }
            });
    slots.add(deliveries(1, 100_000));

    assertThat(slots.completed()).hasSize(100_000);
    assertThat(slots.idle()).isTrue();
  }

  @Test
  void aCallThatThrowsIsTriedAgainAndTheNextOneStarts() {
    for (Throwable failure : List.of(new IllegalStateException("x"), new NoClassDefFoundError())) {
      DeliveryExecutor slots =
          slots(
              1,
              LEASE,
              new Calls() {
                @Override
                public void start(Delivery delivery, Consumer<AttemptResult> end) {
                  if (delivery.id() == 1) {
                    DeliveryExecutorTest.<RuntimeException>sneak(failure);
                  }
                  end.accept(DONE);
                }
              });
      slots.add(deliveries(1, 2));

      assertThat(slots.completed())
          .extracting(attempt -> attempt.result().state())
          .containsExactly(DeliveryState.PENDING, DeliveryState.DELIVERED);
    }
  }

  @Test
  void closingReleasesQueuedDeliveriesAndKeepsRunningCalls() {
    DeliveryExecutor slots = slots(1, LEASE, calls);
    slots.add(deliveries(1, 3));
    slots.close();

    assertThat(slots.unstarted()).extracting(Delivery::id).containsExactly(2L, 3L);
    assertThat(slots.unstarted()).isEmpty();
    slots.add(deliveries(4, 1));
    assertThat(slots.unstarted()).extracting(Delivery::id).containsExactly(4L);
    calls.end(1);
    assertThat(slots.completed()).hasSize(1);
    assertThat(slots.idle()).isTrue();
  }

  @Test
  void aDeliveryThatWaitedTooLongIsReleasedUnstarted() {
    DeliveryExecutor slots = slots(1, Duration.ofNanos(3), calls);
    slots.add(deliveries(1, 1));

    assertThat(slots.unstarted()).extracting(Delivery::id).containsExactly(1L);
    assertThat(calls.open).isEmpty();
  }

  @Test
  void callsThatEndOnManyThreadsNeverExceedTheLimitAndAllEndOnce() {
    int limit = 8;
    AtomicInteger flying = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    DeliveryExecutor slots =
        slots(
            limit,
            LEASE,
            new Calls() {
              @Override
              public void start(Delivery delivery, Consumer<AttemptResult> end) {
                most.accumulateAndGet(flying.incrementAndGet(), Math::max);
                threads.execute(
                    () -> {
                      flying.decrementAndGet();
                      end.accept(DONE);
                    });
              }
            });
    List<CompletedAttempt> ended = new ArrayList<>();
    slots.add(deliveries(1, 50_000));
    await().until(() -> ended.addAll(slots.completed()) && ended.size() == 50_000 || done(ended));
    threads.shutdown();

    assertThat(most).hasValueLessThanOrEqualTo(limit);
    assertThat(ended).extracting(attempt -> attempt.delivery().id()).doesNotHaveDuplicates();
  }

  private static boolean done(List<CompletedAttempt> ended) {
    return ended.size() == 50_000;
  }

  private DeliveryExecutor slots(int limit, Duration lease, DeliveryExecutor.Call call) {
    Duration third = lease.dividedBy(3);
    return new DeliveryExecutor(
        limit, third, third.multipliedBy(2), call, signals::incrementAndGet);
  }

  private static List<CompletedAttempt> endedAfterLooking(DeliveryExecutor slots) {
    slots.endOverdue();
    return slots.completed();
  }

  private static List<Delivery> deliveries(long from, int count) {
    return LongStream.range(from, from + count)
        .mapToObj(
            id -> new Delivery(id, "enerflo", 1, Duration.ZERO, false, DeliveryOrigin.now(), EVENT))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
