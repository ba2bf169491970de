package org.solarrelay.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What was done. SQL, JSON and query parameters hold its {@link #text}. */
public enum ActivityAction {
  /** Deliveries or messages were replayed. */
  REPLAY,
  /** A replay of many was stopped. */
  STOP,
  /** A group of dead letters was acknowledged. */
  ACKNOWLEDGE,
  /** The acknowledgement of a group of dead letters was ended. */
  REOPEN,
  /** A destination was paused. */
  PAUSE,
  RESUME,
  /** A held delivery was approved. */
  APPROVE,
  DECLINE,
  /** A delivery was cancelled. */
  CANCEL,
  /** Ids were moved to a record. */
  LINK,
  /** An id was removed from its record. */
  UNLINK,
  /** A viewer has seen personal data of a story or a record. */
  REVEAL,
  /** Deliveries were written to a file, unmasked. */
  EXPORT,
  /** A person was erased; the count is that of events. */
  ERASE,
  /** A run of reconciliation was started. */
  RECONCILE,
  SIGN_IN,
  SIGN_OUT,
  /** A version of a route file came into force. */
  ROUTE_IN_FORCE,
  /** A version of a route file was rejected; the previous one stays in force. */
  ROUTE_REJECTED,
  /** A route file was removed. */
  ROUTE_REMOVED,
  /** An operator has reverted a route file to an earlier version. */
  ROUTE_REVERTED;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The action with this text. */
  public static Optional<ActivityAction> of(String text) {
    return Arrays.stream(values()).filter(action -> action.text.equals(text)).findFirst();
  }

  /** The action in lower case, such as {@code sign-in}. */
  @JsonValue
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
