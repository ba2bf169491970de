package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.OffsetDateTime;
import java.util.Locale;

/**
 * A URL to which Solar Proof sends the webhooks of one event.
 *
 * @param url the URL with the token
 */
record Subscription(String event, String url, OffsetDateTime registeredAt, State state) {

  enum State {
    REGISTERED,
    /** The last change has no response from Solar Proof. */
    UNCONFIRMED;

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in the operator API and in PostgreSQL. */
    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean registered() {
    return state == State.REGISTERED;
  }

  /** The subscription without its token, for operators. */
  Subscription masked() {
    return new Subscription(event, WebhookUrls.masked(url), registeredAt, state);
  }
}
