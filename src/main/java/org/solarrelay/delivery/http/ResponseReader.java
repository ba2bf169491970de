package org.solarrelay.delivery.http;

import java.io.IOException;
import org.apache.camel.Exchange;

/**
 * Reads a long response while it arrives, so that memory need not hold it. A route sets the
 * exchange property {@link #PROPERTY} before it calls an endpoint with {@code
 * vendorListHttpBinding}. A response within that binding's limit does not use the reader and
 * becomes the body.
 */
public interface ResponseReader {

  String PROPERTY = "relay.responseReader";

  /**
   * Reads the next bytes of the response.
   *
   * @throws IOException to end the call
   */
  void read(byte[] bytes) throws IOException;

  /** Returns the reader of an exchange; null where it has none. */
  static ResponseReader of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, ResponseReader.class);
  }
}
