package org.solarrelay.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * A call of an attempt, for its story.
 *
 * @param path of the URL; with the query where personal data is shown
 * @param url whole; empty where personal data is hidden
 * @param headers a line each
 * @param body JSON is indented; empty without one, and where personal data is hidden
 * @param status the HTTP status; empty without a response
 * @param duration in words; empty while the call is running
 * @param truncated whether the body is cut
 * @param before how many calls before this one are not stored
 */
public record CallView(
    String method,
    String path,
    String url,
    String headers,
    String body,
    String status,
    String duration,
    boolean truncated,
    int before) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param full whether to show personal data
   */
  static CallView of(JsonNode call, boolean full) {
    String url = call.path("url").asText();
    return new CallView(
        call.path("method").asText(),
        full
            ? pathAndQuery(url)
            : PersonalDataMask.masked(decoded(pathAndQuery(url).split("\\?")[0])),
        full ? url : "",
        full ? headers(call) : "",
        full ? indented(call.path("body").asText()) : "",
        call.path("status").asText("").replace("null", ""),
        call.path("durationMs").isNumber()
            ? ConsoleTimes.milliseconds(call.path("durationMs").asLong())
            : "",
        call.path("truncated").asBoolean(),
        call.path("before").asInt());
  }

  /** The headers of a request, a line each. */
  static String headers(JsonNode request) {
    return request.path("headers").properties().stream()
        .map(header -> header.getKey() + ": " + header.getValue().asText())
        .collect(Collectors.joining("\n"));
  }

  private static String pathAndQuery(String url) {
    int origin = url.indexOf("//");
    int path = url.indexOf('/', origin < 0 ? 0 : origin + 2);
    return path < 0 ? "/" : url.substring(path);
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static String indented(String body) {
    if (!body.startsWith("{") && !body.startsWith("[")) {
      return body;
    }
    try {
      return JSON.readTree(body).toPrettyString();
    } catch (JsonProcessingException e) {
      return body;
    }
  }
}
