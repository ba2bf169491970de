package org.solarrelay.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.camel.Exchange;

/**
 * The last thing a vendor said during an attempt, kept with the exchange for the ledger.
 *
 * @param status the HTTP status
 * @param text the body, null where there was none
 */
public record VendorResponse(int status, String text) {

  /** How much of a response is kept as text, in bytes. */
  static final int LONGEST_TEXT = 1 << 16;

  private static final String PROPERTY = "relay.vendorReply";

  /**
   * A response with the first part of its body.
   *
   * @param body null where there is none
   */
  static VendorResponse of(int status, byte[] body) {
    String text =
        body == null ? null : new String(body, 0, Math.min(body.length, LONGEST_TEXT), UTF_8);
    return new VendorResponse(status, text);
  }

  /** Forgets what an earlier call of the same attempt was told. */
  static void forget(Exchange exchange) {
    exchange.removeProperty(PROPERTY);
  }

  void keep(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Null where no vendor has said anything. */
  public static VendorResponse of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, VendorResponse.class);
  }
}
