package org.solarrelay.crm;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventWriter;
import org.solarrelay.event.JsonFields;

/** Events as callbacks to the CRM. */
@Singleton
@Named("crmMapper")
public class CrmMapper {

  /**
   * Whether Enerflo announced it with too little for the CRM: a project without its install, a
   * milestone without name or any date, a note without its text.
   */
  public boolean isIncomplete(Event event) {
    if (!"enerflo".equals(event.source())) {
      return false;
    }
    JsonFields data = new JsonFields(event.data());
    return switch (event.type()) {
      case "project.submitted" -> !data.in("install").isObject();
      case "project.milestone-changed" ->
          data.in("milestone").text("name") == null
              || data.text("startedOn", "dueOn", "completedOn") == null;
      case "project.note-added" -> data.text("note") == null && data.text("noteId") != null;
      default -> false;
    };
  }

  /** The callback for any event. */
  public CrmCallback callback(Event event) {
    return new CrmCallback(event.id(), EventWriter.toEnvelope(event));
  }
}
