package org.solarrelay.delivery.http;

import java.io.IOException;
import org.apache.camel.Exchange;

/**
 * Reads a long response while it arrives, so that it need not be held in memory. A route puts one
 * into the exchange property {@link #PROPERTY} before it calls an endpoint with {@code
 * vendorListHttpBinding}; a response that is short leaves the reader unused and is the body.
 */
public interface ResponseReader {

  String PROPERTY = "relay.responseReader";

  /**
   * Takes the next bytes of the response.
   *
   * @throws IOException where nothing more is to be read, which ends the call
   */
  void read(byte[] bytes) throws IOException;

  /** The reader of an exchange; null where it has none. */
  static ResponseReader of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, ResponseReader.class);
  }
}
