package org.solarrelay.identity.echo;

import org.solarrelay.identity.IdentityLink;

/**
 * Why an event is not delivered: it reports the relay's own write, or an unchanged status.
 *
 * @param reason the reason of the skipped deliveries
 * @param link links the event's record to the record that was written; null where the ids are
 *     linked already
 */
public record Echo(String reason, IdentityLink link) {

  /** An echo whose ids are linked already. */
  Echo(String reason) {
    this(reason, null);
  }
}
