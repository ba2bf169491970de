package org.solarrelay.ops.server;

/** A request that a proxy and the relay may parse differently (request smuggling). */
final class AmbiguousRequestException extends RuntimeException {

  /**
   * @param message a sentence for the sender, without sent text
   */
  AmbiguousRequestException(String message) {
    super(message, null, false, false);
  }
}
