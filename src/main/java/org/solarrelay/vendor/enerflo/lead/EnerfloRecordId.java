package org.solarrelay.vendor.enerflo.lead;

import java.util.List;
import org.solarrelay.event.Event;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/**
 * The key by which Enerflo's Leads API knows a lead.
 *
 * @param plainSources sources whose record ids Enerflo knows as they are; those of others get their
 *     source in front, so that two systems' ids can not collide
 */
record EnerfloRecordId(List<String> plainSources) {

  /** The key Enerflo is known to have; else the one that follows from source and subject. */
  String of(Event event) {
    String record = event.record();
    // the record of a derived event begins with the system that its first cause comes from
    int colon = event.isAboutRecordOfCause() ? record.indexOf(':') : event.source().length();
    return of(
        record.substring(0, colon),
        record.substring(colon + 1),
        EnerfloIds.of(event, EnerfloIds.RECORD_ID));
  }

  /**
   * @param known the key Enerflo is known to have, or null
   */
  String of(String source, String subject, String known) {
    if (known != null) {
      return known;
    }
    return plainSources.contains(source) ? subject : source + ":" + subject;
  }

  /** Whether Enerflo has the lead under no key at all, because it was born there. */
  static boolean isMissing(Event event) {
    return EnerfloIds.has(event, EnerfloIds.KEYLESS_CUSTOMER)
        && !EnerfloIds.has(event, EnerfloIds.RECORD_ID);
  }
}
