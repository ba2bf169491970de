package org.solarrelay.search;

import java.time.OffsetDateTime;
import java.util.List;
import org.solarrelay.delivery.queue.DeliveryState;

/**
 * An event with the state of its delivery to each destination.
 *
 * @param receipt of its webhook; null where it came from a topic
 */
public record FoundEvent(
    String id,
    String source,
    String type,
    String subject,
    OffsetDateTime time,
    OffsetDateTime recordedAt,
    String receipt,
    List<FoundDelivery> deliveries) {

  /**
   * A delivery of the event.
   *
   * @param at when the delivery ended; else when it was last attempted; else when it was created
   * @param reason of its state; null where there is none
   */
  public record FoundDelivery(
      long id,
      String destination,
      DeliveryState state,
      int attempts,
      OffsetDateTime at,
      String reason) {}
}
