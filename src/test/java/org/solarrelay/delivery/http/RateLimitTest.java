package org.solarrelay.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.config.CallRate;

class RateLimitTest {

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();

  @ParameterizedTest
  @ValueSource(ints = {10, 60, 300, 1000})
  void inAnySixtySecondsNoMoreCallsThanAllowedAndNearlyAsMany(int limit) {
    AtomicLong now = new AtomicLong();
    Bucket bucket =
        Bucket.builder()
            .addLimit(RateLimit.bandwidth(CallRate.of(String.valueOf(limit)), 1))
            .withCustomTimePrecision(clock(now))
            .build();
    Random random = new Random(7);
    long[] calls = new long[300_000];
    int number = 0;
    for (int step = 0; step < 200_000 && number < calls.length; step++) {
      // now and then a long silence fills the bucket, so that a burst follows
      now.addAndGet(step % 20_000 == 0 ? WINDOW : (long) (random.nextDouble() * 20_000_000));
      while (number < calls.length && bucket.tryConsume(1)) {
        calls[number++] = now.get() + random.nextLong(RateLimit.LATENESS.toNanos());
      }
    }
    int most = mostInAWindow(Arrays.copyOf(calls, number));
    assertThat(most).isLessThanOrEqualTo(limit).isGreaterThan(limit * 8 / 10);
  }

  private static int mostInAWindow(long[] calls) {
    Arrays.sort(calls);
    int most = 0;
    for (int first = 0, next = 0; next < calls.length; next++) {
      while (calls[first] <= calls[next] - WINDOW) {
        first++;
      }
      most = Math.max(most, next - first + 1);
    }
    return most;
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
