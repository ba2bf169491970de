package org.solarrelay.vendor.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Locale;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonResponse;

/** The body of a 2xx answer of Enerflo's, which may be a failure all the same. */
public final class EnerfloResponse {

  private static final String ACCESS_DENIED = "Access not Permitted";

  private EnerfloResponse() {}

  /**
   * The body as JSON.
   *
   * @throws CredentialsRejectedException where Enerflo does not take the key
   * @throws IOException where this is no answer of Enerflo's
   */
  public static JsonNode json(byte[] body) throws IOException {
    if (JsonResponse.text(body).equalsIgnoreCase(ACCESS_DENIED)) {
      throw accessDenied();
    }
    JsonNode answer = JsonResponse.json("Enerflo", body);
    if (ACCESS_DENIED.equalsIgnoreCase(JsonResponse.message(answer))) {
      throw accessDenied();
    }
    return answer;
  }

  /**
   * As {@link #json}, for operations whose answer no page documents: whatever does not say that it
   * failed is taken for a success, and so is an empty body.
   *
   * @param what was asked for, for the reason: "the note"
   * @throws PermanentFailureException where it says it failed, in Enerflo's words
   */
  public static JsonNode accepted(byte[] body, String what) throws IOException {
    if (body == null || body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    JsonNode answer = json(body);
    if (failed(answer)) {
      throw new PermanentFailureException(
          "Enerflo refused " + what + ": " + JsonResponse.message(answer));
    }
    return answer;
  }

  /** Enerflo's v3 API says {@code "success": false}, its v1 API {@code "result": "error"}. */
  public static boolean failed(JsonNode answer) {
    JsonNode success = answer.path("success");
    return success.isBoolean() && !success.booleanValue()
        || says(answer, "result")
        || says(answer, "status");
  }

  private static boolean says(JsonNode answer, String field) {
    String said = answer.path(field).asText().toLowerCase(Locale.ROOT);
    return said.equals("error") || said.equals("failure") || said.equals("failed");
  }

  private static CredentialsRejectedException accessDenied() {
    return new CredentialsRejectedException("Enerflo does not permit access with this API key");
  }
}
