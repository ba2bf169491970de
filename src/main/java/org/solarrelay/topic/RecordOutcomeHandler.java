package org.solarrelay.topic;

import org.apache.camel.Exchange;

/** Records what becomes of a record that makes no event: adds a story, or a dead letter, for it. */
public interface RecordOutcomeHandler {

  /** The record is dead; called once for it. */
  void dead(BatchRecord record, String reason);

  /** The record, or a part of it, makes no event on purpose. */
  void ignored(BatchRecord record, String reason);

  /**
   * Whether an exchange failed because of its message. A message stays what it is, so its record is
   * dead; anything else passes, so the batch is processed again.
   */
  boolean isOfTheMessage(Exchange exchange, Exception failure);

  /** Ends the record of an exchange that failed because of its message. */
  void failed(BatchRecord record, Exchange exchange, Exception failure);
}
