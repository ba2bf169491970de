package org.solarrelay.ops.access;

import java.util.Locale;

/** What a person may do with the relay. */
public enum OperatorRole {
  /** Reads, searches and previews. */
  VIEWER,
  /** Reads and changes; the operator token gives this role. */
  OPERATOR;

  /** The role's name at the identity provider. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
