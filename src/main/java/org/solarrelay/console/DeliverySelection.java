package org.solarrelay.console;

import org.solarrelay.delivery.api.DeliveryParameters;
import org.solarrelay.delivery.queue.DeliveryState;

/**
 * The filter of deliveries as the address of a page holds it. A form sends empty fields, and times
 * without an offset, which are in UTC.
 *
 * @param parameters those of the operator API; null for an empty field
 */
public record DeliverySelection(DeliveryParameters parameters) {

  static DeliverySelection of(DeliveryParameters given) {
    return new DeliverySelection(
        new DeliveryParameters(
            FilterFields.present(given.state()),
            FilterFields.present(given.destination()),
            FilterFields.present(given.subject()),
            FilterFields.present(given.type()),
            FilterFields.present(given.reason()),
            FilterFields.present(given.status()),
            FilterFields.present(given.fingerprint()),
            FilterFields.time(given.since()),
            FilterFields.time(given.until())));
  }

  /** The fields that are not empty. */
  public FilterFields fields() {
    return FilterFields.none()
        .with("destination", parameters.destination())
        .with("state", parameters.state())
        .with("type", parameters.type())
        .with("subject", parameters.subject())
        .with("reason", parameters.reason())
        .with("status", parameters.status())
        .with("fingerprint", parameters.fingerprint())
        .with("since", parameters.since())
        .with("until", parameters.until());
  }

  /**
   * Whether an operator may replay deliveries of this filter. Without a state, a replay takes the
   * dead ones.
   */
  public boolean isReplayable() {
    String state = fields().field("state");
    return state.isEmpty()
        || state.equals(DeliveryState.DEAD.text())
        || state.equals(DeliveryState.SKIPPED.text());
  }
}
