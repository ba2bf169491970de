package org.solarrelay.delivery.http;

import org.apache.camel.Exchange;

/**
 * The last thing a vendor said during an attempt, kept with the exchange for the ledger.
 *
 * @param status the HTTP status
 * @param text the body, null where there was none
 */
public record VendorReply(int status, String text) {

  private static final String PROPERTY = "relay.vendorReply";

  /** Forgets what an earlier call of the same attempt was told. */
  static void forget(Exchange exchange) {
    exchange.removeProperty(PROPERTY);
  }

  void keep(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Null where no vendor has said anything. */
  public static VendorReply of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, VendorReply.class);
  }
}
