package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a webhook or another message has become. SQL and JSON hold its {@link #text}. */
public enum MessageState {
  /** Kafka has it; a stage has yet to process it. */
  ACCEPTED,
  /** It became events, whose deliveries have states of their own. */
  EVENTS,
  /** It became no event, on purpose. */
  SKIPPED,
  /** It failed before it became an event. */
  DEAD,
  /** It was dead; an operator has sent it to its topic again. */
  RESENT;

  private final String text = name().toLowerCase(Locale.ROOT);

  /**
   * The state with this text.
   *
   * @throws IllegalArgumentException where there is none
   */
  static MessageState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The state in lower case, such as {@code accepted}. */
  @JsonValue
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
