package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.topic.RecordBatch;

/** Stores the stories of a batch's messages that became no event. */
@Singleton
public class SetAsideSink implements RecordBatch.Sink<SetAside> {

  private final DeliveryQueue queue;

  SetAsideSink(DeliveryQueue queue) {
    this.queue = queue;
  }

  @Override
  public RecordBatch.Phase phase() {
    return RecordBatch.Phase.DATABASE;
  }

  @Override
  public List<Rejected<SetAside>> store(List<SetAside> items) throws SQLException {
    queue.setAside(items);
    return List.of();
  }
}
