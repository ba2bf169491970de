package org.solarrelay.mapping;

/**
 * The argument of {@code routeOutcome.delivered('.id')}: the relay converts its text together with
 * the body of the exchange, which is the response.
 *
 * @param jq the value to read from the response
 * @param response the bytes of the response's body
 */
public record ResponseQuery(String jq, byte[] response) {}
