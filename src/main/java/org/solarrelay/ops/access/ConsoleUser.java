package org.solarrelay.ops.access;

/**
 * The person who uses the console.
 *
 * @param name from the identity provider, or as typed at the sign-in; {@code operator} without one
 */
public record ConsoleUser(String name, OperatorRole role) {

  /** Whether the person may change something. */
  public boolean isOperator() {
    return role == OperatorRole.OPERATOR;
  }
}
