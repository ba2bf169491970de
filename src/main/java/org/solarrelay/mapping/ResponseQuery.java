package org.solarrelay.mapping;

/**
 * The argument of {@code routeOutcome.delivered('.id')}: the relay converts the text together with
 * the response, which is the body of the exchange.
 *
 * @param jq the value to read from the response
 * @param response the bytes of the response's body
 */
public record ResponseQuery(String jq, byte[] response) {}
