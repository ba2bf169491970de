package org.solarrelay.vendor.enerflo.lead;

import java.util.List;
import org.solarrelay.event.Event;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/**
 * Computes the integration_record_id, the key of a lead in Enerflo's Leads API.
 *
 * @param plainSources sources whose ids are used unchanged; other ids begin with their source, so
 *     that ids of two systems cannot collide
 */
record EnerfloRecordId(List<String> plainSources) {

  /** The key that Enerflo has for the event's record; else the key made of source and subject. */
  String of(Event event) {
    String record = event.record();
    // the record of a derived event begins with the source of the first event in the chain
    int colon = event.isAboutRecordOfCause() ? record.indexOf(':') : event.source().length();
    return of(
        record.substring(0, colon),
        record.substring(colon + 1),
        EnerfloIds.of(event, EnerfloIds.RECORD_ID));
  }

  /**
   * The key of a lead.
   *
   * @param known the key that Enerflo has; null where unknown
   */
  String of(String source, String subject, String known) {
    if (known != null) {
      return known;
    }
    return plainSources.contains(source) ? subject : source + ":" + subject;
  }

  /** Whether the lead was created in Enerflo and has no key there. */
  static boolean isMissing(Event event) {
    return EnerfloIds.has(event, EnerfloIds.KEYLESS_CUSTOMER)
        && !EnerfloIds.has(event, EnerfloIds.RECORD_ID);
  }
}
