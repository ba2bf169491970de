package org.solarrelay.vendor.enerflo.lead;

import java.util.Optional;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;

/**
 * Selects the Enerflo user in whose name a request is made; Schedule Audit requires one.
 *
 * @param configured the e-mail address of the user if an event names none
 */
record EnerfloCreator(Optional<String> configured) {

  /** Whether the event or the configuration names a user. */
  boolean isNamed(Event event) {
    return named(event).isPresent();
  }

  /**
   * The e-mail address of the user.
   *
   * @throws PermanentFailureException if neither the event nor the configuration names a user
   */
  String of(Event event) {
    return named(event)
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    "Enerflo's Schedule Audit requires creator, an Enerflo user's e-mail address;"
                        + " or set ENERFLO_CREATOR"));
  }

  private Optional<String> named(Event event) {
    String named = new JsonFields(event.data()).text("creator");
    return named == null ? configured : Optional.of(named);
  }
}
