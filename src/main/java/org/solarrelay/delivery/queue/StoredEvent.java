package org.solarrelay.delivery.queue;

import java.util.Optional;
import org.solarrelay.event.Event;

/**
 * An event as the database has it.
 *
 * @param event null where it is unreadable
 * @param bytes of its text
 * @param unreadable why it cannot be read
 */
record StoredEvent(Event event, DeliveryOrigin origin, int bytes, Optional<String> unreadable) {

  static final StoredEvent MISSING = unreadable("the ledger has no such event");

  static StoredEvent of(Event event, DeliveryOrigin origin, int bytes) {
    return new StoredEvent(event, origin, bytes, Optional.empty());
  }

  static StoredEvent unreadable(String reason) {
    return new StoredEvent(null, DeliveryOrigin.now(), 0, Optional.of(reason));
  }

  /** A copy that its user may change. */
  StoredEvent copy() {
    return event == null
        ? this
        : new StoredEvent(event.withData(event.data().deepCopy()), origin, bytes, unreadable);
  }
}
