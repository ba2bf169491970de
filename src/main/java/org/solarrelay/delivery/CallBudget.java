package org.solarrelay.delivery;

import io.vertx.core.Context;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.RateLimit;

/**
 * Counts further calls against a destination's rate limit: look-ups for other destinations, and
 * calls beyond a delivery's usual number.
 */
@Singleton
@Named("callBudget")
public class CallBudget {

  /** The limits created from these settings. */
  private record Limits(
      Map<String, RelayConfig.Destination> destinations, Map<String, Optional<RateLimit>> byName) {}

  private final ReloadableConfig live;
  private final DataSource database;
  private volatile Limits limits = new Limits(Map.of(), Map.of());

  public CallBudget(ReloadableConfig live, DataSource database) {
    this.live = live;
    this.database = database;
  }

  /**
   * Takes the given number of calls from the limit: all of them or none. A route must use this
   * method before its first HTTP call: the method calls the database, and the steps after an HTTP
   * call run on an event loop.
   *
   * @throws NotReadyException where the limit is used up; the delivery is retried
   * @throws SQLException where the database is unavailable
   */
  public void spend(String destination, int calls) throws SQLException {
    if (calls <= 0) {
      return;
    }
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("A route must use callBudget before its first HTTP call");
    }
    Optional<RateLimit> limit = limit(destination);
    if (limit.isPresent() && !limit.get().spend(calls)) {
      throw new NotReadyException("The rate limit of " + destination + " is used up at the moment");
    }
  }

  /**
   * Takes the given number of calls from what deliveries leave of the limit.
   *
   * @throws NotReadyException where deliveries use the limit at the moment
   * @throws SQLException where the database is unavailable
   */
  public void spendSpare(String destination, int calls) throws SQLException {
    Optional<RateLimit> limit = limit(destination);
    if (limit.isPresent() && !limit.get().spendSpare(calls)) {
      throw new NotReadyException("Deliveries use the rate limit of " + destination);
    }
  }

  private Optional<RateLimit> limit(String destination) {
    Map<String, RelayConfig.Destination> now = live.destinations();
    Limits known = limits;
    if (known.destinations() != now) {
      known = new Limits(now, new ConcurrentHashMap<>());
      limits = known;
    }
    return known.byName().computeIfAbsent(destination, name -> limit(name, now.get(name)));
  }

  private Optional<RateLimit> limit(String destination, RelayConfig.Destination settings) {
    return Optional.ofNullable(settings).map(it -> RateLimit.of(database, destination, it));
  }
}
