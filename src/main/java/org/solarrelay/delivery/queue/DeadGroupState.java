package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a group of dead letters. JSON and query parameters hold its {@link #text}. */
public enum DeadGroupState {
  /** An operator has to act on the group. */
  OPEN,
  /** An operator has acknowledged the group, and no dead letter of the group is newer. */
  ACKNOWLEDGED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The state with this text. */
  public static Optional<DeadGroupState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text.equals(text)).findFirst();
  }

  /** The state in lower case, such as {@code open}. */
  @JsonValue
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
