package org.solarrelay.vendor.reconcile;

import java.util.Locale;

/** What a run decided about a record that differs; in lower case the value in the database. */
public enum Decision {
  /** No webhook reported it: the run makes events. */
  MISSED,
  /** A webhook reported it, or the relay wrote it. */
  KNOWN,
  /** The run stores the state and makes no event. */
  LEARNED,
  /** The record changes at this moment; the next run compares it. */
  BUSY,
  /** The record breaks the schema of its event. */
  INVALID;

  /** The value in the database and the API. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
