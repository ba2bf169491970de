package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The fields of Solar Proof's subscribe_customer and unsubscribe_customer.
 *
 * @param url the URL to which Solar Proof sends webhooks; HTTPS
 * @param event the event for which Solar Proof sends webhooks; null for unsubscribe_customer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SolarProofHook(
    @JsonProperty("hookUrl") String url, @JsonProperty("type_request") String event) {

  /** The fields of unsubscribe_customer. */
  static SolarProofHook ofAllEvents(String url) {
    return new SolarProofHook(url, null);
  }
}
