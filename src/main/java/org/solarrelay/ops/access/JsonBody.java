package org.solarrelay.ops.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The body of a request that need not have one. */
public final class JsonBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonBody() {}

  /**
   * The object in the body; an empty one where the body is.
   *
   * @param example of what may be sent, for the error
   * @throws ApiProblem 400 where it is anything else
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
      // told below
    }
    throw new ApiProblem(400, "Bad Request", "the body is empty or " + example);
  }
}
