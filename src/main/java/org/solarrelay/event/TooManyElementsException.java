package org.solarrelay.event;

/** A JSON text whose tree memory is not to hold. */
public final class TooManyElementsException extends InvalidMessageException {

  TooManyElementsException(long limit) {
    super("JSON of more than %d elements (brackets, names and values)".formatted(limit));
  }
}
