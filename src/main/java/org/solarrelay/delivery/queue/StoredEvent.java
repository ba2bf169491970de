package org.solarrelay.delivery.queue;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.solarrelay.event.Event;

/**
 * An event as the database has it.
 *
 * @param event null where it is unreadable
 * @param bytes of its text
 * @param newestDelivery when the newest delivery was created that is known to belong to this event.
 *     A later delivery may belong to another event, which got the same id after this one was
 *     deleted
 * @param unreadable why it cannot be read
 */
record StoredEvent(
    Event event,
    DeliveryOrigin origin,
    int bytes,
    OffsetDateTime newestDelivery,
    Optional<String> unreadable) {

  static final StoredEvent MISSING = unreadable("the ledger has no such event");

  static StoredEvent of(
      Event event, DeliveryOrigin origin, int bytes, OffsetDateTime newestDelivery) {
    return new StoredEvent(event, origin, bytes, newestDelivery, Optional.empty());
  }

  static StoredEvent unreadable(String reason) {
    return new StoredEvent(null, DeliveryOrigin.now(), 0, OffsetDateTime.MIN, Optional.of(reason));
  }

  /** Whether a delivery that was created at this time belongs to the event. */
  boolean isOf(OffsetDateTime delivery) {
    return !delivery.isAfter(newestDelivery);
  }

  /** A copy that its user may change. */
  StoredEvent copy() {
    return event == null
        ? this
        : new StoredEvent(
            event.withData(event.data().deepCopy()), origin, bytes, newestDelivery, unreadable);
  }
}
