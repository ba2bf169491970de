package org.solarrelay.vendor.solarproof;

import java.time.OffsetDateTime;

/**
 * One URL that Solar Proof sends one type of its webhooks to.
 *
 * @param url with the token
 * @param state registered; or unconfirmed, where Solar Proof gave no answer to the last change
 */
record Subscription(String event, String url, OffsetDateTime registeredAt, String state) {

  boolean registered() {
    return state.equals("registered");
  }

  /** As people may see it. */
  Subscription masked() {
    return new Subscription(event, WebhookUrls.masked(url), registeredAt, state);
  }
}
