package org.solarrelay.vendor.flip;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Something from Flip that all calls share for a time. It asks for nothing itself: of the calls
 * that find nothing, one is told to ask and the others wait for what it gets.
 */
final class SingleFlightCache<T> {

  private static final long LONGEST_WAIT_SECONDS = 60;

  private final Clock clock;
  private final T ask;
  private T value;
  private Instant until = Instant.MIN;
  private CompletableFuture<T> asked = CompletableFuture.completedFuture(null);

  /**
   * @param ask what {@link #claim} gives the call that is to ask
   */
  SingleFlightCache(Clock clock, T ask) {
    this.clock = clock;
    this.ask = ask;
  }

  /** The value, once there is one; or the sign to ask, after which keep or giveUp must follow. */
  synchronized CompletionStage<T> claim() {
    if (value != null && clock.instant().isBefore(until)) {
      return CompletableFuture.completedFuture(value);
    }
    if (!asked.isDone()) {
      return asked;
    }
    // a call that is lost on the way must not hold up the others for ever
    asked = new CompletableFuture<T>().orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    return CompletableFuture.completedFuture(ask);
  }

  /** Shares that value for that time, and gives it to those who wait. */
  void keep(T fresh, Duration life) {
    store(fresh, life).complete(fresh);
  }

  private synchronized CompletableFuture<T> store(T fresh, Duration life) {
    value = fresh;
    until = clock.instant().plus(life);
    return asked;
  }

  /** Tells those who wait that there is nothing; null where there was no failure. */
  void giveUp(Exception failure) {
    if (failure != null) {
      waiting().completeExceptionally(failure);
    }
  }

  private synchronized CompletableFuture<T> waiting() {
    return asked;
  }

  /** Forgets that value, where it is still the shared one. */
  synchronized void drop(T unwanted) {
    if (unwanted.equals(value)) {
      value = null;
    }
  }
}
