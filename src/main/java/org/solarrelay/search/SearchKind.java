package org.solarrelay.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of text that the search tries. */
public enum SearchKind {
  EMAIL("e-mail"),
  PHONE("phone"),
  NAME("name"),
  RECORD_ID("id of a record"),
  EVENT_ID("event id"),
  RECEIPT("receipt"),
  DELIVERY_NUMBER("delivery number"),
  RECORD_POSITION("topic-partition-offset");

  private final String text;

  SearchKind(String text) {
    this.text = text;
  }

  /** The kind with this text. */
  public static Optional<SearchKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  /** As the operator API and the console show it. */
  @JsonValue
  public String text() {
    return text;
  }
}
