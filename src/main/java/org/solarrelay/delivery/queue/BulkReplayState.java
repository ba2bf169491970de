package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a bulk replay. SQL, JSON and query parameters hold its {@link #text}. */
public enum BulkReplayState {
  /** A pod works on the replay, or another pod continues after a crash of that pod. */
  RUNNING,
  /** No item remains. */
  FINISHED,
  /** An operator or the relay has stopped the replay before its end. */
  STOPPED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The state with this text. */
  public static Optional<BulkReplayState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text.equals(text)).findFirst();
  }

  /** The state in lower case, such as {@code running}. */
  @JsonValue
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
