package org.solarrelay.mapping;

/**
 * The argument of {@code routeOutcome.delivered('.id')}: the relay converts its text together with
 * the body of the exchange, which is the response.
 *
 * @param jq what to take from the response
 * @param response bytes of its body
 */
public record ResponseQuery(String jq, byte[] response) {}
