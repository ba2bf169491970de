package org.solarrelay.topic;

import org.apache.camel.Exchange;

/**
 * Stores the outcome of a record that makes no event: a history entry and, if it is dead, a dead
 * letter.
 */
public interface RecordOutcomeHandler {

  /** Stores a dead record. Called once for each. */
  void dead(BatchRecord record, String reason);

  /** Stores that a record, or a part of it, makes no event on purpose. */
  void ignored(BatchRecord record, String reason);

  /**
   * Whether an exchange failed because of its message. Then a retry cannot succeed, so the record
   * is dead. After any other failure the batch is processed again.
   */
  boolean isMessageFault(Exchange exchange, Exception failure);

  /** Ends the record of an exchange that failed because of its message. */
  void failed(BatchRecord record, Exchange exchange, Exception failure);
}
