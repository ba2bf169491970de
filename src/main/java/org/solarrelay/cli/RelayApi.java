package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The operator API of a running relay. */
final class RelayApi {

  private final RelayHttpClient http;
  private final Map<String, String> headers = new HashMap<>();

  /**
   * @param token null where none is known
   */
  RelayApi(URI url, String token) {
    this.http = new RelayHttpClient(url);
    headers.put("Accept", "application/json");
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
  }

  /** Tells it who asks, for the record. */
  RelayApi as(String operator) {
    headers.put("X-Operator", TerminalText.text(operator));
    return this;
  }

  /**
   * What it answers.
   *
   * @throws CommandException where the relay is not reached, or has none
   */
  JsonNode get(String path) {
    return accepted(http.send("GET", path, headers, null));
  }

  /** The same; empty where it has none. */
  Optional<JsonNode> find(String path) {
    RelayHttpClient.Response response = http.send("GET", path, headers, null);
    return response.status() == 404 ? Optional.empty() : Optional.of(accepted(response));
  }

  /** The same for something that is waited for; empty also where the relay cannot say yet. */
  Optional<JsonNode> poll(String path) {
    RelayHttpClient.Response response = http.send("GET", path, headers, null);
    return response.status() == 404 || response.status() == 503
        ? Optional.empty()
        : Optional.of(accepted(response));
  }

  JsonNode post(String path, JsonNode body) {
    Map<String, String> typed = new HashMap<>(headers);
    typed.put("Content-Type", "application/json");
    return accepted(
        http.send("POST", path, typed, body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  JsonNode post(String path) {
    return accepted(http.send("POST", path, headers, new byte[0]));
  }

  private static JsonNode accepted(RelayHttpClient.Response response) {
    if (response.good()) {
      return response.body();
    }
    throw switch (response.status()) {
      case 404, 409 -> CommandException.refused(response.detail());
      case 401 ->
          CommandException.unusable(
              "The relay does not accept this operator token. Give the right one with --token or"
                  + " RELAY_OPERATOR_TOKEN.");
      default -> CommandException.unusable("The relay refuses: " + response.detail());
    };
  }
}
