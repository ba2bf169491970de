package org.solarrelay.delivery.http;

import java.util.List;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.StatusRange;

/** Classifies a failed call by its HTTP status. */
public enum FailureClass {
  /** The vendor rejects the relay's key. The event is not at fault. */
  KEY_REFUSED,
  /** A retry may succeed. */
  TRANSIENT,
  /** The same call will fail again. */
  PERMANENT;

  private static final int FIRST_FINAL = 200;

  /**
   * Returns the class of a status that is no success. A status that is configured twice is {@link
   * #KEY_REFUSED}. An informational status (1xx) is no final response, so a retry may succeed.
   */
  public static FailureClass of(int status, RelayConfig.Delivery config) {
    if (status < FIRST_FINAL) {
      return TRANSIENT;
    }
    if (holds(config.keyStatuses(), status)) {
      return KEY_REFUSED;
    }
    return holds(config.transientStatuses(), status) ? TRANSIENT : PERMANENT;
  }

  private static boolean holds(List<StatusRange> ranges, int status) {
    return ranges.stream().anyMatch(range -> range.contains(status));
  }
}
