package org.solarrelay.enerflo.lead;

import org.solarrelay.event.Lead;

/** A name in the two parts that Schedule Audit takes; null where the event has none. */
record EnerfloName(String first, String last) {

  /** Of a name that is only known as a whole, the first word is the first name. */
  static EnerfloName of(Lead lead) {
    if (lead.firstName() != null || lead.lastName() != null || lead.fullName() == null) {
      return new EnerfloName(lead.firstName(), lead.lastName());
    }
    String[] parts = lead.fullName().strip().split("\\s+", 2);
    return new EnerfloName(parts[0], parts.length > 1 ? parts[1] : null);
  }
}
