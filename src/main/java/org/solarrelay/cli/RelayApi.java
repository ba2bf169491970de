package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Client of the operator API of a running relay. */
final class RelayApi {

  private final RelayHttpClient http;
  private final Map<String, String> headers = new HashMap<>();

  /**
   * @param token the operator token; null for none
   */
  RelayApi(URI url, String token) {
    this.http = new RelayHttpClient(url);
    headers.put("Accept", "application/json");
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
  }

  /** Sets the operator's name for the record. */
  RelayApi as(String operator) {
    headers.put("X-Operator", TerminalText.clean(operator));
    return this;
  }

  /**
   * Returns the response's body.
   *
   * @throws CommandException if the relay is not reached or responds with an error
   */
  JsonNode get(String path) {
    return requireSuccess(http.send("GET", path, headers));
  }

  /** Like {@link #get}; empty for 404. */
  Optional<JsonNode> find(String path) {
    RelayHttpClient.Response response = http.send("GET", path, headers);
    return response.status() == 404 ? Optional.empty() : Optional.of(requireSuccess(response));
  }

  /** Like {@link #find}, for polling; empty also for 503. */
  Optional<JsonNode> poll(String path) {
    RelayHttpClient.Response response = http.send("GET", path, headers);
    return response.status() == 404 || response.status() == 503
        ? Optional.empty()
        : Optional.of(requireSuccess(response));
  }

  JsonNode post(String path, JsonNode body) {
    return send("POST", path, body);
  }

  /** Sends what to delete in the body, because a URL holds no personal data. */
  JsonNode delete(String path, JsonNode body) {
    return send("DELETE", path, body);
  }

  private JsonNode send(String method, String path, JsonNode body) {
    Map<String, String> typed = new HashMap<>(headers);
    typed.put("Content-Type", "application/json");
    return requireSuccess(
        http.send(method, path, typed, body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  JsonNode post(String path) {
    return requireSuccess(http.send("POST", path, headers, new byte[0]));
  }

  private static JsonNode requireSuccess(RelayHttpClient.Response response) {
    if (response.isSuccess()) {
      return response.body();
    }
    throw switch (response.status()) {
      case 404, 409 -> CommandException.rejected(response.detail());
      case 401 ->
          CommandException.cannotRun(
              "The relay does not accept this operator token. Give the right one with --token or"
                  + " RELAY_OPERATOR_TOKEN.");
      default -> CommandException.cannotRun("The relay rejects the request: " + response.detail());
    };
  }
}
