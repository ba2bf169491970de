package org.solarrelay.vendor.flip;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Caches one value from Flip for a limited time. The cache makes no request: one caller that finds
 * no value has to request it, and the other callers wait for the response.
 */
final class SingleFlightCache<T> {

  private static final long MAX_WAIT_SECONDS = 60;

  private final Clock clock;
  private final T ask;
  private T value;
  private Instant until = Instant.MIN;
  private CompletableFuture<T> pending = CompletableFuture.completedFuture(null);

  /**
   * @param ask what {@link #claim} returns to the caller that has to request the value
   */
  SingleFlightCache(Clock clock, T ask) {
    this.clock = clock;
    this.ask = ask;
  }

  /**
   * The value, or {@code ask}. After {@code ask} the caller requests the value and then calls
   * {@link #keep} or {@link #giveUp}.
   */
  synchronized CompletionStage<T> claim() {
    if (value != null && clock.instant().isBefore(until)) {
      return CompletableFuture.completedFuture(value);
    }
    if (!pending.isDone()) {
      return pending;
    }
    // the timeout ends the wait if the request is lost
    pending = new CompletableFuture<T>().orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    return CompletableFuture.completedFuture(ask);
  }

  /** Caches the value for a time, and returns it to all waiting callers. */
  void keep(T fresh, Duration life) {
    store(fresh, life).complete(fresh);
  }

  private synchronized CompletableFuture<T> store(T fresh, Duration life) {
    value = fresh;
    until = clock.instant().plus(life);
    return pending;
  }

  /**
   * Passes a failed request to all waiting callers. A route calls this method after every request.
   *
   * @param failure null after a request that succeeded; then nothing happens
   */
  void giveUp(Exception failure) {
    if (failure != null) {
      pending().completeExceptionally(failure);
    }
  }

  private synchronized CompletableFuture<T> pending() {
    return pending;
  }

  /** Removes the value, if it is still the cached one. */
  synchronized void drop(T unwanted) {
    if (unwanted.equals(value)) {
      value = null;
    }
  }
}
