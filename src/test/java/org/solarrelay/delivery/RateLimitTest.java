package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();

  @ParameterizedTest
  @ValueSource(ints = {10, 60, 300, 1000})
  void inAnySixtySecondsNoMoreCallsThanAllowedAndNearlyAsMany(int limit) {
    AtomicLong now = new AtomicLong();
    Bucket bucket =
        Bucket.builder()
            .addLimit(RateLimit.bandwidth(limit, 1))
            .withCustomTimePrecision(clock(now))
            .build();
    Random pauses = new Random(7);
    Deque<Long> lastMinute = new ArrayDeque<>();
    int most = 0;
    for (int step = 0; step < 200_000; step++) {
      // now and then a long silence fills the bucket, so that a burst follows
      now.addAndGet(step % 20_000 == 0 ? WINDOW : (long) (pauses.nextDouble() * 20_000_000));
      while (!lastMinute.isEmpty() && lastMinute.peekFirst() <= now.get() - WINDOW) {
        lastMinute.pollFirst();
      }
      while (bucket.tryConsume(1)) {
        lastMinute.addLast(now.get());
      }
      most = Math.max(most, lastMinute.size());
    }
    assertThat(most).isLessThanOrEqualTo(limit).isGreaterThan(limit * 8 / 10);
  }

  private static TimeMeter clock(AtomicLong now) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return now.get();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }
}
