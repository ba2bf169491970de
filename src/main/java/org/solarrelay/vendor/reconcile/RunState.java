package org.solarrelay.vendor.reconcile;

import java.util.Locale;

/** The state of a run; in lower case the value in the database, the API and metrics. */
public enum RunState {
  /** Reads the vendor's lists. */
  LISTING,
  /** Compares the differences again, and publishes events. */
  PUBLISHING,
  SUCCEEDED,
  /** A list had less than half of the records of before; the run made no events. */
  REJECTED,
  /** The vendor's lists could not be read. */
  FAILED;

  static RunState of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** The value in the database, the API and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the run is over. */
  public boolean isOver() {
    return this != LISTING && this != PUBLISHING;
  }
}
