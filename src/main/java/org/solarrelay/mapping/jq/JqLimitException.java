package org.solarrelay.mapping.jq;

/** An evaluation was stopped. The text has nothing of the message in it, so it may be logged. */
public final class JqLimitException extends RuntimeException {

  JqLimitException(String limit) {
    // without a stack trace: at the deepest call it would be as long as the stack
    super("the jq was stopped, it " + limit, null, false, false);
  }
}
