package org.solarrelay.delivery.api;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.ops.access.ApiProblem;

/** Pauses and resumes destinations for operators. */
@Singleton
public class DestinationPauses {

  private final ReloadableConfig live;
  private final OperatorPauses operatorPauses;
  private final DeliveryQueue queue;

  DestinationPauses(ReloadableConfig live, OperatorPauses operatorPauses, DeliveryQueue queue) {
    this.live = live;
    this.operatorPauses = operatorPauses;
    this.queue = queue;
  }

  /**
   * Pauses a destination until an operator resumes it. Its deliveries wait in the queue.
   *
   * @param by the operator's name
   * @throws ApiProblem 404 where the configuration has no such destination
   */
  public void pause(String name, Optional<String> reason, String by) throws SQLException {
    requireConfigured(name);
    operatorPauses.pause(name, reason.orElse(null), by);
  }

  /**
   * Ends the operator's pause. An open circuit breaker still pauses the destination until a
   * delivery succeeds.
   *
   * @throws ApiProblem 404 where the configuration has no such destination
   */
  public void resume(String name, String by) throws SQLException {
    requireConfigured(name);
    operatorPauses.resume(name, by);
    queue.wakeWorkers();
  }

  private void requireConfigured(String name) {
    if (!live.destinations().containsKey(name)) {
      throw DestinationStates.unknown();
    }
  }
}
