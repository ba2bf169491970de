package org.solarrelay.delivery.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Converter;
import org.solarrelay.event.EventJson;

/** Converts jq's result to the body of a request by {@code vertx-http:}. */
@Converter(generateLoader = true)
public final class JsonBodyConverters {

  private JsonBodyConverters() {}

  /**
   * Writes a JSON string, such as {@code tojson} returns, without its quotes; anything else as JSON
   * in UTF-8.
   */
  @Converter
  public static Buffer toBuffer(JsonNode json) {
    return json.isTextual()
        ? Buffer.buffer(json.textValue())
        : Buffer.buffer(EventJson.bytes(json));
  }
}
