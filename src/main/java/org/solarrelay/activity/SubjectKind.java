package org.solarrelay.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of things that actions concern. SQL and JSON hold its {@link #text}. */
public enum SubjectKind {
  /** A delivery, by its number. */
  DELIVERY,
  /** The deliveries of a filter. */
  DELIVERIES,
  /** A message that became no event, by its receipt or record position. */
  MESSAGE,
  /** The dead messages of a filter. */
  MESSAGES,
  /** A replay of many, by its number. */
  BULK_REPLAY,
  /** A group of dead letters, by its fingerprint. */
  DEAD_GROUP,
  /** A story, by the id in its address. */
  STORY,
  /** A destination, by its name. */
  DESTINATION,
  /** A customer record or project record, by the relay's number. */
  RECORD,
  /** A person, of whom nothing is recorded. */
  PERSON,
  /** A route file, by its path within the folder. */
  ROUTE_FILE,
  /** All route files, at the first start. */
  ROUTE_FILES,
  /** The console, without a subject. */
  CONSOLE;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The kind with this text; empty for a kind of a newer pod. */
  public static Optional<SubjectKind> find(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  /** The kind in lower case, such as {@code route-file}. */
  @JsonValue
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
