package org.solarrelay.console;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A result that all open pages of a pod share for a while, so that many browsers cost PostgreSQL as
 * much as one. Loading takes at most one part in {@value #SHARE} of the time: a result that takes 1
 * ms is shared for 50 ms, one that takes 100 ms for 5 s. Of several requests at once, one loads.
 */
final class SharedResult<T> {

  private static final int SHARE = 50;
  private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

  /** Loads the result. */
  interface Loader<T> {
    T load() throws SQLException;
  }

  private final Loader<T> loader;
  private final LongSupplier nanoTime;
  private T result;
  private long loadAgainAt;

  SharedResult(Loader<T> loader) {
    this(loader, System::nanoTime);
  }

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  SharedResult(Loader<T> loader, LongSupplier nanoTime) {
    this.loader = loader;
    this.nanoTime = nanoTime;
  }

  /** The result, which may be a moment old. A failure is not shared. */
  synchronized T get() throws SQLException {
    long begin = nanoTime.getAsLong();
    if (result == null || begin - loadAgainAt >= 0) {
      result = loader.load();
      long end = nanoTime.getAsLong();
      loadAgainAt = end + Math.min((end - begin) * SHARE, LONGEST_NANOS);
    }
    return result;
  }
}
