package org.solarrelay.vendor.enerflo.lead;

import java.util.Optional;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;

/**
 * In whose name Enerflo is told, which its Schedule Audit has to know.
 *
 * @param configured the e-mail address of the Enerflo user to name where an event names none
 */
record EnerfloCreator(Optional<String> configured) {

  boolean isNamed(Event event) {
    return named(event).isPresent();
  }

  /**
   * The e-mail address of an Enerflo user.
   *
   * @throws PermanentFailureException where nobody is named
   */
  String of(Event event) {
    return named(event)
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    "Enerflo's Schedule Audit needs creator, an Enerflo user's e-mail address;"
                        + " or set ENERFLO_CREATOR"));
  }

  private Optional<String> named(Event event) {
    String named = new JsonFields(event.data()).text("creator");
    return named == null ? configured : Optional.of(named);
  }
}
