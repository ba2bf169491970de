package org.solarrelay.vendor.crm;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventWriter;

/** Maps events to callbacks to the CRM. */
@Singleton
@Named("crmMapper")
public class CrmMapper {

  /** The callback for any event. */
  public CrmCallback callback(Event event) {
    return CrmCallback.of(event.id(), EventWriter.toEnvelope(event));
  }
}
