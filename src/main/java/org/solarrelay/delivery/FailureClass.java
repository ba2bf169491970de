package org.solarrelay.delivery;

import java.util.List;
import org.solarrelay.RelayConfig;

/** What the status of a failed call says of its cause. */
public enum FailureClass {
  /** It is our key: no event's fault, and over once the key is mended. */
  OURS,
  /** It may pass. */
  TRANSIENT,
  /** The same call will fail again. */
  PERMANENT;

  /** The class of any status but one of success; one that is configured twice is {@link #OURS}. */
  public static FailureClass of(int status, RelayConfig.Delivery config) {
    if (holds(config.keyStatuses(), status)) {
      return OURS;
    }
    return holds(config.transientStatuses(), status) ? TRANSIENT : PERMANENT;
  }

  private static boolean holds(List<StatusRange> ranges, int status) {
    return ranges.stream().anyMatch(range -> range.holds(status));
  }
}
