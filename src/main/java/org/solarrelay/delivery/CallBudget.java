package org.solarrelay.delivery;

import io.vertx.core.Context;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.config.LiveConfig;
import org.solarrelay.delivery.http.RateLimit;

/**
 * Calls to a destination beside the ones that its deliveries are counted for: look-ups on behalf of
 * others, and what a delivery needs beyond its usual number. They count against the same limit.
 */
@Singleton
@Named("callBudget")
public class CallBudget {

  private final LiveConfig live;
  private final DataSource database;

  CallBudget(LiveConfig live, DataSource database) {
    this.live = live;
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
    Optional<RateLimit> limit = limit(destination);
    if (limit.isPresent() && !limit.get().spend(calls)) {
      throw new NotYetException("The rate limit of " + destination + " is used up at the moment");
    }
  }

  private Optional<RateLimit> limit(String destination) {
    return Optional.ofNullable(live.destinations().get(destination))
        .map(settings -> RateLimit.of(database, destination, settings));
  }
}
