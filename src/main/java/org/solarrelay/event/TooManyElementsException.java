package org.solarrelay.event;

/** A JSON text with more elements than the limit of {@link JsonLimits}. */
public final class TooManyElementsException extends InvalidMessageException {

  TooManyElementsException(long limit) {
    super("JSON of more than %d elements (brackets, names and values)".formatted(limit));
  }
}
