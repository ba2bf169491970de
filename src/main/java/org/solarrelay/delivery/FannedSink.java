package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.topic.Batch;

/** Stores a batch's events, each with its deliveries. */
@Singleton
public class FannedSink implements Batch.Sink<RoutedEvent> {

  private final DeliveryQueue queue;

  FannedSink(DeliveryQueue queue) {
    this.queue = queue;
  }

  @Override
  public Batch.Phase phase() {
    return Batch.Phase.DATABASE;
  }

  @Override
  public List<Rejected<RoutedEvent>> store(List<RoutedEvent> items) throws SQLException {
    return queue.add(items);
  }
}
