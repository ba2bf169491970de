package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.topic.RecordBatch;

/** Stores a batch's messages that became no event. */
@Singleton
public class DiscardedMessageSink implements RecordBatch.Sink<DiscardedMessage> {

  private final DeliveryQueue queue;

  DiscardedMessageSink(DeliveryQueue queue) {
    this.queue = queue;
  }

  @Override
  public RecordBatch.Phase phase() {
    return RecordBatch.Phase.DATABASE;
  }

  @Override
  public List<Rejected<DiscardedMessage>> store(List<DiscardedMessage> items) throws SQLException {
    queue.addDiscarded(items);
    return List.of();
  }
}
