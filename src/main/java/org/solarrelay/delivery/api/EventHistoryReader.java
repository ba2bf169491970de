package org.solarrelay.delivery.api;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.MessageState;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.topic.client.ReceiptSearch;

/**
 * Finds the history of a webhook, event or message, from its acceptance on. Searches the topics for
 * what the database does not hold yet.
 */
@Singleton
public class EventHistoryReader {

  private final DeliveryQueries ledger;
  private final ReceiptSearch search;

  EventHistoryReader(DeliveryQueries ledger, ReceiptSearch search) {
    this.ledger = ledger;
    this.search = search;
  }

  /**
   * @param id an event's id, a receipt, a delivery's number or a record position
   * @param attempts the maximum number of failed attempts per delivery; the last ones are returned
   * @return empty where neither the database nor the topics have this id
   * @throws ApiProblem 503 where the search of the topics did not finish
   */
  public Optional<DeliveryQueries.MessageHistory> find(String id, int attempts)
      throws SQLException {
    try {
      return findUnlessUnfinished(id, attempts);
    } catch (ReceiptSearch.UnfinishedException e) {
      throw new ApiProblem(
          503,
          "Service Unavailable",
          "The database does not have this id yet, and the search in Kafka did not finish: %s. Try again"
              .formatted(e.getMessage()));
    }
  }

  private Optional<DeliveryQueries.MessageHistory> findUnlessUnfinished(String id, int attempts)
      throws SQLException, ReceiptSearch.UnfinishedException {
    DeliveryQueries.MessageHistory known = ledger.history(id, attempts);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> waitingReason = waitingReason(id);
    if (waitingReason.isPresent()) {
      return waitingReason.map(reason -> accepted(id, reason));
    }
    // the pipeline may have stored the history during the search
    DeliveryQueries.MessageHistory written = ledger.history(id, attempts);
    return written != null ? Optional.of(written) : atPosition(id, attempts);
  }

  /** Why a message on a topic is not processed yet; empty if no topic has such a message. */
  private Optional<String> waitingReason(String id) throws ReceiptSearch.UnfinishedException {
    Optional<ReceiptSearch.Stage> ofReceipt = search.find(id);
    Optional<ReceiptSearch.Stage> stage = ofReceipt.isPresent() ? ofReceipt : search.stageOf(id);
    return stage.isPresent() ? stage.map(ReceiptSearch.Stage::reason) : search.waitsFor(id);
  }

  /** The history of the record at a position, with the position as its id. */
  private Optional<DeliveryQueries.MessageHistory> atPosition(String position, int attempts)
      throws SQLException, ReceiptSearch.UnfinishedException {
    Optional<String> id = search.idAt(position);
    return id.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(ledger.history(id.get(), attempts))
            .map(history -> history.as(position));
  }

  private static DeliveryQueries.MessageHistory accepted(String id, String reason) {
    return new DeliveryQueries.MessageHistory(
        id, MessageState.ACCEPTED, reason, List.of(), List.of(), List.of());
  }
}
