package org.solarrelay.delivery.api;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.solarrelay.delivery.queue.Ledger;
import org.solarrelay.topic.client.ReceiptSearch;

/**
 * Stories of webhooks, events and messages from the moment they were accepted: what the ledger does
 * not know yet is looked for on the topics.
 */
@Singleton
class Stories {

  private final Ledger ledger;
  private final ReceiptSearch search;

  Stories(Ledger ledger, ReceiptSearch search) {
    this.ledger = ledger;
    this.search = search;
  }

  /**
   * @param id an event's id, a receipt, the number of a delivery or a record position
   * @return empty where nothing is known by this id
   * @throws ReceiptSearch.UnfinishedException where Kafka could not be searched to its end
   */
  Optional<Ledger.Story> find(String id) throws SQLException, ReceiptSearch.UnfinishedException {
    Ledger.Story known = ledger.story(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ReceiptSearch.Stage> waits = search.find(id);
    if (waits.isEmpty()) {
      waits = search.stageOf(id);
    }
    if (waits.isPresent()) {
      return waits.map(stage -> accepted(id, stage));
    }
    // the stages may have been faster than the search
    Ledger.Story written = ledger.story(id);
    return written != null ? Optional.of(written) : atPosition(id);
  }

  private Optional<Ledger.Story> atPosition(String position)
      throws SQLException, ReceiptSearch.UnfinishedException {
    Optional<String> id = search.idAt(position);
    return id.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(ledger.story(id.get())).map(story -> story.as(position));
  }

  private static Ledger.Story accepted(String id, ReceiptSearch.Stage stage) {
    return new Ledger.Story(id, "accepted", stage.reason(), List.of(), List.of(), List.of());
  }
}
