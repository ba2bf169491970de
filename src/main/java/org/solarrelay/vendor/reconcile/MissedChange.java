package org.solarrelay.vendor.reconcile;

import java.util.Locale;

/** What changed in a vendor's record; in lower case the value of the metric's label change. */
public enum MissedChange {
  CREATED,
  CHANGED,
  STATUS,
  MILESTONE;

  /** The value in the API and in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
