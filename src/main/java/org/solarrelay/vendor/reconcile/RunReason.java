package org.solarrelay.vendor.reconcile;

import java.util.Locale;

/** Why a run started; in lower case the value in the database and the API. */
public enum RunReason {
  INTERVAL,
  OPERATOR,
  /** No pod was there, or intake rejected the vendor's webhooks, for more than a minute. */
  OUTAGE;

  static RunReason of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** The value in the database and the API. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
