package org.solarrelay.event;

/** A JSON text whose tree memory is not to hold. */
public final class TooManyTokensException extends InvalidMessageException {

  TooManyTokensException(long limit) {
    super("JSON of more than %d tokens (brackets, names and values)".formatted(limit));
  }
}
