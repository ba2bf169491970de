package org.solarrelay.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.solarrelay.topic.BatchRecord;
import org.solarrelay.topic.RecordOutcomeHandler;

/** Ends records as the program does, and keeps the reasons instead of rows and dead letters. */
final class DeadReasons implements RecordOutcomeHandler {

  private final List<String> reasons = new CopyOnWriteArrayList<>();

  List<String> reasons() {
    return reasons;
  }

  @Override
  public void dead(BatchRecord record, String reason) {
    reasons.add(reason);
  }

  @Override
  public void ignored(BatchRecord record, String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public boolean isMessageFault(Exchange exchange, Exception failure) {
    return !RouteResult.isAway(exchange, failure);
  }

  @Override
  public void failed(BatchRecord record, Exchange exchange, Exception failure) {
    record.dead(RouteResult.reason(exchange, failure));
  }
}
