package org.solarrelay.ops.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Parses optional JSON bodies of requests. */
public final class JsonBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonBody() {}

  /**
   * Parses the body as a JSON object; an empty body is an empty object.
   *
   * @param example an example of a valid body, for the error
   * @throws ApiProblem 400 if the body is anything else
   */
  public static JsonNode optional(byte[] body, String example) {
    if (body == null || body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode node = JSON.readTree(body);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      // reported below
    }
    throw new ApiProblem(400, "Bad Request", "the body is empty or " + example);
  }
}
