package org.solarrelay.console;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A result that all open pages of a pod share, so that many browsers cost PostgreSQL as much as
 * one. Requests that wait while one of them loads share the next load, or its failure.
 */
final class SharedResult<T> {

  private static final int SHARE = 50;
  private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

  /** Loads the result. */
  interface Loader<T> {
    T load() throws SQLException;
  }

  private final Loader<T> loader;
  private final int share;
  private final LongSupplier nanoTime;
  private boolean loaded;
  private T result;
  private SQLException failure;
  private long loadAgainAt;

  /**
   * @param share how many times as long as it takes to load a result is shared
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  SharedResult(Loader<T> loader, int share, LongSupplier nanoTime) {
    this.loader = loader;
    this.share = share;
    this.nanoTime = nanoTime;
  }

  /**
   * Shares a result for a while, in which it gets old. Loading takes at most one part in {@value
   * #SHARE} of the time: a result that takes 1 ms is shared for 50 ms, and one of 100 ms for 5 s.
   */
  static <T> SharedResult<T> forAWhile(Loader<T> loader) {
    return new SharedResult<>(loader, SHARE, System::nanoTime);
  }

  /** Shares a result among the requests that came before its load began, so that none is old. */
  static <T> SharedResult<T> ofRequestsAtOnce(Loader<T> loader) {
    return new SharedResult<>(loader, 0, System::nanoTime);
  }

  T get() throws SQLException {
    long asked = nanoTime.getAsLong();
    synchronized (this) {
      if (!loaded || asked - loadAgainAt >= 0) {
        load();
      }
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }

  private void load() {
    loaded = false;
    long begin = nanoTime.getAsLong();
    loadAgainAt = begin;
    try {
      result = loader.load();
      failure = null;
      if (share > 0) {
        long end = nanoTime.getAsLong();
        loadAgainAt = end + Math.min((end - begin) * share, LONGEST_NANOS);
      }
    } catch (SQLException e) {
      failure = e;
    }
    loaded = true;
  }
}
