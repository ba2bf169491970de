package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a delivery. SQL, JSON, metrics and query parameters hold its {@link #text}. */
public enum DeliveryState {
  /** Waits for its next attempt. */
  PENDING,
  /** A pod calls the destination, or the pod's lease has not ended yet. */
  RUNNING,
  /** Awaits an operator's approval. */
  HELD,
  /** The destination has accepted it. */
  DELIVERED,
  /** It ended without a delivery, on purpose. */
  SKIPPED,
  /** It failed permanently. */
  DEAD;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The state with this text. */
  public static Optional<DeliveryState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text.equals(text)).findFirst();
  }

  /** The state in lower case, such as {@code pending}. */
  @JsonValue
  public String text() {
    return text;
  }

  /** Whether no attempt follows, unless an operator replays the delivery. */
  public boolean isFinished() {
    return this == DELIVERED || this == SKIPPED || this == DEAD;
  }

  @Override
  public String toString() {
    return text;
  }
}
