package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What subscribe_customer takes.
 *
 * @param url where Solar Proof shall send its webhooks; HTTPS
 * @param event one type of them; null for unsubscribe_customer, which knows no types
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SolarProofHook(
    @JsonProperty("hookUrl") String url, @JsonProperty("type_request") String event) {}
