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
import org.solarrelay.delivery.http.RateLimit;

/**
 * Calls to a destination beside the ones that its deliveries are counted for: look-ups on behalf of
 * others, and what a delivery needs beyond its usual number. They count against the same limit.
 */
@Singleton
@Named("callBudget")
public class CallBudget {

  private final Map<String, RelayConfig.Destination> destinations;
  private final DataSource database;
  private final Map<String, Optional<RateLimit>> limits = new ConcurrentHashMap<>();

  CallBudget(RelayConfig config, DataSource database) {
    this.destinations = config.destinations();
    this.database = database;
  }

  /**
   * Takes leave for so many calls, all or none. Asks the database, so it must come before a route's
   * first call: what follows a call runs on an event loop.
   *
   * @throws NotYetException where the limit leaves no room at the moment
   * @throws SQLException where the database can not be asked
   */
  public void spend(String destination, int calls) throws SQLException {
    if (calls <= 0) {
      return;
    }
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("callBudget must be asked before a route's first call");
    }
    Optional<RateLimit> limit = limits.computeIfAbsent(destination, this::limit);
    if (limit.isPresent() && !limit.get().spend(calls)) {
      throw new NotYetException("The rate limit of " + destination + " is used up at the moment");
    }
  }

  private Optional<RateLimit> limit(String destination) {
    return Optional.ofNullable(destinations.get(destination))
        .map(settings -> RateLimit.of(database, destination, settings));
  }
}
