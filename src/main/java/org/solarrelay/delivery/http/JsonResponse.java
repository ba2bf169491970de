package org.solarrelay.delivery.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Parses the body of a vendor's 2xx response. */
public final class JsonResponse {

  /** A JSON tree takes up to 100 bytes of heap for a token, which may be two bytes of text. */
  private static final int MOST_TOKENS = 100_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int LONGEST_MESSAGE = 200;
  private static final int LONGEST_SENTENCE = 1000;

  private JsonResponse() {}

  /**
   * Parses a JSON object or array.
   *
   * @param system the vendor's name, for the exception's message
   * @param body null where the response has none
   * @throws IOException where the body is anything else, such as a gateway's page, or more than
   *     100,000 JSON tokens; a retry may succeed
   */
  public static JsonNode json(String system, byte[] body) throws IOException {
    JsonNode response = parsed(body);
    if (response == null || !response.isContainerNode()) {
      throw new IOException(system + " returned 200 with something that is not JSON");
    }
    return response;
  }

  /**
   * Reads the body as text, without the quotes of a JSON string. Empty where there is no body, or
   * more than 1,000 bytes.
   */
  public static String text(byte[] body) {
    if (body == null) {
      return "";
    }
    if (body.length > LONGEST_SENTENCE) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /**
   * Finds the vendor's error message at the usual JSON paths. The message is cut to 200 characters,
   * and e-mail addresses and phone numbers are masked, because reasons are logged.
   */
  public static String message(JsonNode response) {
    String message =
        Stream.of(
                "/data/msg", "/msg", "/message", "/Message", "/error", "/error/message", "/errors")
            .map(response::at)
            .map(
                node ->
                    node.isContainerNode() && !node.isEmpty() ? node.toString() : node.asText(""))
            .filter(text -> !text.isBlank() && !text.startsWith("{"))
            .findFirst()
            .orElse("it gave no reason");
    return TextMasker.mask(message, LONGEST_MESSAGE);
  }

  private static JsonNode parsed(byte[] body) throws IOException {
    try {
      return body == null ? null : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
