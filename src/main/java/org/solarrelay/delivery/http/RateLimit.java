package org.solarrelay.delivery.http;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.solarrelay.config.CallRate;
import org.solarrelay.config.RelayConfig;

/**
 * A destination's rate limit, as a token bucket in PostgreSQL that all pods share. A token is one
 * call.
 */
public final class RateLimit {

  /** Tokens are taken for a whole delivery, whose last call may start this much later. */
  static final Duration LATENESS = Duration.ofSeconds(2);

  /**
   * The maximum number of tokens that {@link #spend} takes at once; a bucket should hold as many.
   */
  private static final int LARGEST_SPEND = 5;

  private final Bucket bucket;
  private final int callsPerDelivery;
  private final int burst;

  private RateLimit(Bucket bucket, int callsPerDelivery, int burst) {
    this.bucket = bucket;
    this.callsPerDelivery = callsPerDelivery;
    this.burst = burst;
  }

  /** Returns the limit of a destination; null where it has none. */
  public static RateLimit of(
      DataSource database, String destination, RelayConfig.Destination settings) {
    return settings
        .rateLimit()
        .filter(CallRate::isLimited)
        .map(rate -> of(database, destination, rate, settings.callsPerDelivery()))
        .orElse(null);
  }

  private static RateLimit of(DataSource database, String destination, CallRate rate, int calls) {
    Supplier<BucketConfiguration> configuration =
        () -> BucketConfiguration.builder().addLimit(bandwidth(rate, calls)).build();
    return new RateLimit(
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_limit")
            .build()
            .builder()
            .build(destination + "-" + rate, configuration),
        calls,
        burst(rate.calls(), calls));
  }

  /**
   * Refills the limit minus the bucket's capacity per window. A full bucket may be emptied at once
   * and then refills, so capacity plus refill never exceed the limit in any window, late calls
   * included.
   */
  static Bandwidth bandwidth(CallRate rate, int calls) {
    int burst = burst(rate.calls(), calls);
    int refill = Math.max(1, rate.calls() - burst);
    return Bandwidth.builder()
        .capacity(burst)
        .refillGreedy(refill, rate.window().plus(LATENESS))
        .build();
  }

  private static int burst(int limit, int calls) {
    return Math.max(calls, Math.max(limit / 10, Math.min(LARGEST_SPEND, limit / 2)));
  }

  /**
   * Takes tokens for up to {@code wanted} deliveries. A reserve stays for {@link #spend}; otherwise
   * a long queue would use up the calls that its own deliveries need.
   *
   * @return how many deliveries may start
   * @throws SQLException where the database cannot be reached
   */
  public int acquire(int wanted) throws SQLException {
    try {
      long free = bucket.getAvailableTokens() - reserve();
      if (free < callsPerDelivery) {
        return 0;
      }
      long most = Math.min(free, (long) wanted * callsPerDelivery);
      int calls = (int) bucket.tryConsumeAsMuchAsPossible(most);
      int granted = calls / callsPerDelivery;
      returnTokens(calls - granted * callsPerDelivery);
      return granted;
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit cannot be counted", e);
    }
  }

  /**
   * Takes tokens for calls beyond a delivery's usual number: all of them or none.
   *
   * @throws SQLException where the database cannot be reached
   */
  public boolean spend(int calls) throws SQLException {
    try {
      return bucket.tryConsume(Math.min(calls, burst));
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit cannot be counted", e);
    }
  }

  /**
   * How much of the limit is in use.
   *
   * @param free calls that may start now
   * @param most calls that may start at once
   * @param exhausted whether no further delivery may start now
   */
  public record Use(long free, long most, boolean exhausted) {}

  /**
   * Reads how much of the limit is in use, by all pods.
   *
   * @throws SQLException where the database cannot be reached
   */
  public Use use() throws SQLException {
    try {
      long free = bucket.getAvailableTokens();
      return new Use(free, burst, free - reserve() < callsPerDelivery);
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit cannot be counted", e);
    }
  }

  /**
   * Takes tokens where at least half of the bucket is left, because deliveries come first.
   *
   * @throws SQLException where the database cannot be reached
   */
  public boolean spendSpare(int calls) throws SQLException {
    try {
      return bucket.getAvailableTokens() * 2 >= burst && bucket.tryConsume(calls);
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit cannot be counted", e);
    }
  }

  private int reserve() {
    return Math.min(burst / 3, burst - callsPerDelivery);
  }

  /** Returns the tokens of deliveries that did not start. */
  public void release(int deliveries) throws SQLException {
    try {
      returnTokens(deliveries * callsPerDelivery);
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit cannot be counted", e);
    }
  }

  private void returnTokens(int calls) {
    if (calls > 0) {
      bucket.addTokens(calls);
    }
  }
}
