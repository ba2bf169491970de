package org.solarrelay.mapping;

import java.util.Objects;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;

/** Converts text into a {@link ResponseQuery}; Camel discovers the converter. */
@Converter(generateLoader = true)
public final class ResponseQueryConverter {

  private static final byte[] NO_RESPONSE = {};

  private ResponseQueryConverter() {}

  /** The query on the body of the exchange. */
  @Converter
  public static ResponseQuery toResponseQuery(String jq, Exchange exchange) {
    byte[] response = exchange.getMessage().getBody(byte[].class);
    return new ResponseQuery(jq, Objects.requireNonNullElse(response, NO_RESPONSE));
  }
}
