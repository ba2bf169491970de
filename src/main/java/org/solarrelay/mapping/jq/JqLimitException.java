package org.solarrelay.mapping.jq;

/** An evaluation has exceeded a limit. The text quotes no message, so it may be logged. */
public final class JqLimitException extends RuntimeException {

  JqLimitException(String limit) {
    // without a stack trace, which at the deepest call would be as long as the stack
    super("the jq was stopped, it " + limit, null, false, false);
  }
}
