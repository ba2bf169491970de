package org.solarrelay.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of records. */
public enum RecordKind {
  CUSTOMER,
  PROJECT;

  /** The word in the operator API. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
