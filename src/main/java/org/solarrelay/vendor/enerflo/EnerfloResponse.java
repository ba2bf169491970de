package org.solarrelay.vendor.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Locale;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;

/** Reads the body of Enerflo's 2xx responses, which may report a failure. */
public final class EnerfloResponse {

  private static final String ACCESS_DENIED = "Access not Permitted";

  private EnerfloResponse() {}

  /**
   * Reads the body as JSON.
   *
   * @throws CredentialsRejectedException if Enerflo rejects the key
   * @throws IOException if the body is not a response of Enerflo
   */
  public static JsonNode json(byte[] body) throws IOException {
    if (JsonResponse.text(body).equalsIgnoreCase(ACCESS_DENIED)) {
      throw accessDenied();
    }
    JsonNode response = JsonResponse.json("Enerflo", body);
    if (ACCESS_DENIED.equalsIgnoreCase(JsonResponse.message(response))) {
      throw accessDenied();
    }
    return response;
  }

  /**
   * Reads the body of a response that is not documented. An empty body, and one that reports no
   * failure, count as success.
   *
   * @param what the request, for the reason: "the note"
   * @throws PermanentFailureException if the body reports a failure; the text holds Enerflo's
   *     message
   */
  public static JsonNode accepted(byte[] body, String what) throws IOException {
    if (body == null || body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    JsonNode response = json(body);
    if (failed(response)) {
      throw new PermanentFailureException(
          "Enerflo rejected " + what + ": " + JsonResponse.message(response));
    }
    return response;
  }

  /**
   * Whether a response reports a failure: {@code "success": false} in v3, {@code "result": "error"}
   * in v1.
   */
  public static boolean failed(JsonNode response) {
    JsonNode success = response.path("success");
    return success.isBoolean() && !success.booleanValue()
        || isFailure(response, "result")
        || isFailure(response, "status");
  }

  private static boolean isFailure(JsonNode response, String field) {
    String value = response.path(field).asText().toLowerCase(Locale.ROOT);
    return value.equals("error") || value.equals("failure") || value.equals("failed");
  }

  private static CredentialsRejectedException accessDenied() {
    return new CredentialsRejectedException("Enerflo does not permit access with this API key");
  }
}
