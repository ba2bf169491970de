package org.solarrelay.delivery;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.solarrelay.RelayConfig;

/**
 * How many deliveries a destination's limit allows at the moment, counted for all pods together.
 */
final class RateLimit {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Bucket bucket;
  private final int callsPerDelivery;

  private RateLimit(Bucket bucket, int callsPerDelivery) {
    this.bucket = bucket;
    this.callsPerDelivery = callsPerDelivery;
  }

  /** The limit of a destination, null where it has none. */
  static RateLimit of(DataSource database, String destination, RelayConfig.Destination settings) {
    int limit = settings.rateLimit().orElse(0);
    if (limit == 0) {
      return null;
    }
    int calls = settings.callsPerDelivery();
    Supplier<BucketConfiguration> configuration =
        () -> BucketConfiguration.builder().addLimit(bandwidth(limit, calls)).build();
    return new RateLimit(
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_limit")
            .build()
            .builder()
            .build(destination + "-" + limit, configuration),
        calls);
  }

  /**
   * A full bucket may be emptied at once and then refills, so what it holds is taken off what is
   * refilled: together they never pass the limit in any window.
   */
  static Bandwidth bandwidth(int limit, int calls) {
    int burst = Math.max(calls, limit / 10);
    int refill = Math.max(1, limit - burst);
    return Bandwidth.builder().capacity(burst).refillGreedy(refill, WINDOW).build();
  }

  /**
   * Asks for leave to start up to {@code wanted} deliveries now.
   *
   * @return how many may start
   * @throws SQLException where the database can not be asked
   */
  int grant(int wanted) throws SQLException {
    try {
      int calls = (int) bucket.tryConsumeAsMuchAsPossible((long) wanted * callsPerDelivery);
      int granted = calls / callsPerDelivery;
      giveBackCalls(calls - granted * callsPerDelivery);
      return granted;
    } catch (RuntimeException e) {
      throw new SQLException("The rate limit can not be counted", e);
    }
  }

  /** Returns leave that was not used. */
  void giveBack(int deliveries) throws SQLException {
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
