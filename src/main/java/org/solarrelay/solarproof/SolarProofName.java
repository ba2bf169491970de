package org.solarrelay.solarproof;

import org.solarrelay.event.Lead;

/** A person's name in the two fields Solar Proof requires; either may be null. */
record SolarProofName(String first, String surname) {

  /** The separate names, or else the full name with its last word as the surname. */
  static SolarProofName of(Lead lead) {
    boolean separate = lead.firstName() != null || lead.lastName() != null;
    return separate || lead.fullName() == null
        ? new SolarProofName(lead.firstName(), lead.lastName())
        : split(lead.fullName().strip());
  }

  private static SolarProofName split(String fullName) {
    int lastSpace = fullName.lastIndexOf(' ');
    return lastSpace < 0
        ? new SolarProofName(fullName, null)
        : new SolarProofName(
            fullName.substring(0, lastSpace).strip(), fullName.substring(lastSpace + 1));
  }
}
