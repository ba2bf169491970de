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
 * Calls to a destination beside the ones that its deliveries are counted for: look-ups on behalf of
 * others, and what a delivery needs beyond its usual number. They count against the same limit.
 */
@Singleton
@Named("callBudget")
public class CallBudget {

  /** The limits that were made of these settings. */
  private record Limits(
      Map<String, RelayConfig.Destination> destinations, Map<String, Optional<RateLimit>> byName) {}

  private final ReloadableConfig live;
  private final DataSource database;
  private volatile Limits limits = new Limits(Map.of(), Map.of());

  CallBudget(ReloadableConfig live, DataSource database) {
    this.live = live;
    this.database = database;
  }

  /**
   * Takes leave for so many calls, all or none. Asks the database, so it must come before a route's
   * first call: what follows a call runs on an event loop.
   *
   * @throws NotReadyException where the limit leaves no room at the moment
   * @throws SQLException where the database can not be asked
   */
  public void spend(String destination, int calls) throws SQLException {
    if (calls <= 0) {
      return;
    }
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("callBudget must be asked before a route's first call");
    }
    Optional<RateLimit> limit = limit(destination);
    if (limit.isPresent() && !limit.get().spend(calls)) {
      throw new NotReadyException("The rate limit of " + destination + " is used up at the moment");
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
