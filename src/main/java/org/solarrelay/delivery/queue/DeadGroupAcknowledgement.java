package org.solarrelay.delivery.queue;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An operator's last acknowledgement of a group of dead letters.
 *
 * @param reopenedBy the operator who has reopened the group since; empty where none has
 */
public record DeadGroupAcknowledgement(
    OffsetDateTime at, String by, Optional<String> note, Optional<String> reopenedBy) {

  /**
   * Whether the acknowledgement still holds for a group whose newest dead letter is from this time.
   */
  boolean covers(OffsetDateTime newest) {
    return reopenedBy.isEmpty() && !newest.isAfter(at);
  }
}
