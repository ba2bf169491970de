package org.solarrelay.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.camel.Exchange;

/**
 * The last response of a vendor during an attempt. The exchange keeps it for the ledger.
 *
 * @param status the HTTP status
 * @param text the beginning of the body; null where there was none
 */
public record VendorResponse(int status, String text) {

  /** Bytes of a body that are kept as text. */
  static final int LONGEST_TEXT = 1 << 16;

  private static final String PROPERTY = "relay.vendorReply";

  /**
   * Creates a response with the first part of its body.
   *
   * @param body null where there is none
   */
  static VendorResponse of(int status, byte[] body) {
    String text =
        body == null ? null : new String(body, 0, Math.min(body.length, LONGEST_TEXT), UTF_8);
    return new VendorResponse(status, text);
  }

  /** Removes the response of an earlier call of the same attempt. */
  static void removeFrom(Exchange exchange) {
    exchange.removeProperty(PROPERTY);
  }

  void attachTo(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Returns the exchange's response; null where no vendor has responded. */
  public static VendorResponse of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, VendorResponse.class);
  }
}
