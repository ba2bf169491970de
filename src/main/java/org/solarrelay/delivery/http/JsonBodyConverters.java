package org.solarrelay.delivery.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Converter;
import org.solarrelay.event.EventJson;

/** What jq makes, as the body of a request by {@code vertx-http:}. */
@Converter(generateLoader = true)
public final class JsonBodyConverters {

  private JsonBodyConverters() {}

  /** A text, such as {@code tojson} makes it, as it is; anything else as JSON in UTF-8. */
  @Converter
  public static Buffer toBuffer(JsonNode json) {
    return json.isTextual()
        ? Buffer.buffer(json.textValue())
        : Buffer.buffer(EventJson.bytes(json));
  }
}
