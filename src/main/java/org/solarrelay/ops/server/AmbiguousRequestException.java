package org.solarrelay.ops.server;

/** A request that two readers could take for two different ones. */
final class AmbiguousRequestException extends RuntimeException {

  /**
   * @param message a sentence for the sender, without what it sent
   */
  AmbiguousRequestException(String message) {
    super(message, null, false, false);
  }
}
