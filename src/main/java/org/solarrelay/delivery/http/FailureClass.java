package org.solarrelay.delivery.http;

import java.util.List;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.StatusRange;

/** What the status of a failed call says of its cause. */
public enum FailureClass {
  /** It is our key: no event's fault, and over once the key is mended. */
  OURS,
  /** It may pass. */
  TRANSIENT,
  /** The same call will fail again. */
  PERMANENT;

  private static final int FIRST_FINAL = 200;

  /**
   * The class of any status but one of success; one that is configured twice is {@link #OURS}. An
   * informational status is no response yet, so the call may pass.
   */
  public static FailureClass of(int status, RelayConfig.Delivery config) {
    if (status < FIRST_FINAL) {
      return TRANSIENT;
    }
    if (holds(config.keyStatuses(), status)) {
      return OURS;
    }
    return holds(config.transientStatuses(), status) ? TRANSIENT : PERMANENT;
  }

  private static boolean holds(List<StatusRange> ranges, int status) {
    return ranges.stream().anyMatch(range -> range.holds(status));
  }
}
