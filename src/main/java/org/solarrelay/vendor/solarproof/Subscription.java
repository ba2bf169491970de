package org.solarrelay.vendor.solarproof;

import java.time.OffsetDateTime;

/**
 * A URL to which Solar Proof sends the webhooks of one event.
 *
 * @param url the URL with the token
 * @param state {@code registered}; {@code unconfirmed} if the last change has no response from
 *     Solar Proof
 */
record Subscription(String event, String url, OffsetDateTime registeredAt, String state) {

  boolean registered() {
    return state.equals("registered");
  }

  /** The subscription without its token, for operators. */
  Subscription masked() {
    return new Subscription(event, WebhookUrls.masked(url), registeredAt, state);
  }
}
