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
 * How many deliveries a destination's limit allows at the moment, counted for all pods together.
 */
public final class RateLimit {

  /** Leave is given for a delivery as a whole; its last call may leave so much later. */
  static final Duration LATENESS = Duration.ofSeconds(2);

  /** No attempt spends more at once, so a bucket should hold as much. */
  private static final int LARGEST_SPEND = 5;

  private final Bucket bucket;
  private final int callsPerDelivery;
  private final int burst;

  private RateLimit(Bucket bucket, int callsPerDelivery, int burst) {
    this.bucket = bucket;
    this.callsPerDelivery = callsPerDelivery;
    this.burst = burst;
  }

  /** The limit of a destination, null where it has none. */
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
   * A full bucket may be emptied at once and then refills, so what it holds is taken off what is
   * refilled: together they never pass the limit in any window of calls, which may be as late.
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
   * Asks for leave to start up to {@code wanted} deliveries now. Something is always left for what
   * {@link #spend} takes, or a long queue would use up the calls that its own deliveries need.
   *
   * @return how many may start
   * @throws SQLException where the database can not be asked
   */
  public int grant(int wanted) throws SQLException {
    try {
      long free = bucket.getAvailableTokens() - left();
      if (free < callsPerDelivery) {
        return 0;
      }
      long most = Math.min(free, (long) wanted * callsPerDelivery);
      int calls = (int) bucket.tryConsumeAsMuchAsPossible(most);
      int granted = calls / callsPerDelivery;
      giveBackCalls(calls - granted * callsPerDelivery);
      return granted;
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit can not be counted", e);
    }
  }

  /**
   * Takes leave for calls that no delivery was granted for, all or none.
   *
   * @throws SQLException where the database can not be asked
   */
  public boolean spend(int calls) throws SQLException {
    try {
      return bucket.tryConsume(Math.min(calls, burst));
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit can not be counted", e);
    }
  }

  private int left() {
    return Math.min(burst / 3, burst - callsPerDelivery);
  }

  /** Returns leave that was not used. */
  public void giveBack(int deliveries) throws SQLException {
    try {
      giveBackCalls(deliveries * callsPerDelivery);
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit can not be counted", e);
    }
  }

  private void giveBackCalls(int calls) {
    if (calls > 0) {
      bucket.addTokens(calls);
    }
  }
}
