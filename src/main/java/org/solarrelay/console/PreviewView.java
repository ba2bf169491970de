package org.solarrelay.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the routes in force would do with a delivery.
 *
 * @param outcome such as {@code delivered}
 * @param reason empty without one
 */
public record PreviewView(String outcome, String reason, List<RequestView> requests) {

  /**
   * A request, its secrets masked.
   *
   * @param line method and URL
   * @param headers a line each
   * @param body empty without one
   */
  public record RequestView(String line, String headers, String body) {}

  /**
   * @param delivery as {@code POST /api/preview} returns it
   */
  static PreviewView of(JsonNode delivery) {
    List<RequestView> requests = new ArrayList<>();
    delivery.path("requests").forEach(request -> requests.add(request(request)));
    return new PreviewView(
        delivery.path("outcome").asText(), delivery.path("reason").asText(), requests);
  }

  private static RequestView request(JsonNode request) {
    List<String> query = new ArrayList<>();
    request
        .path("query")
        .properties()
        .forEach(one -> query.add(one.getKey() + "=" + one.getValue().asText()));
    JsonNode body = request.path("body");
    return new RequestView(
        request.path("method").asText()
            + " "
            + request.path("url").asText()
            + (query.isEmpty() ? "" : "?" + String.join("&", query)),
        CallView.headers(request),
        body.isTextual() ? body.asText() : body.isMissingNode() ? "" : body.toPrettyString());
  }
}
