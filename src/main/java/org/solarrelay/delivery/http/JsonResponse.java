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

/** Reads the body of a vendor's 2xx answer. */
public final class JsonResponse {

  /** A tree takes up to 100 bytes for a token, which may be two bytes long. */
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
   * The body as a JSON object or array.
   *
   * @param system the vendor's name, for the message
   * @param body may be null
   * @throws IOException where it is anything else, such as the page of a gateway, or more JSON than
   *     a vendor sends: worth a retry
   */
  public static JsonNode json(String system, byte[] body) throws IOException {
    JsonNode answer = parsed(body);
    if (answer == null || !answer.isContainerNode()) {
      throw new IOException(system + " returned 200 with something that is not JSON");
    }
    return answer;
  }

  /**
   * The body as text without the quotes of a JSON string; empty where there is none, and where it
   * is longer than a sentence.
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
   * What the vendor says in the usual places, cut to a length fit for a ledger and with e-mail
   * addresses and phone numbers taken out, because reasons are logged.
   */
  public static String message(JsonNode answer) {
    String said =
        Stream.of(
                "/data/msg", "/msg", "/message", "/Message", "/error", "/error/message", "/errors")
            .map(answer::at)
            .map(
                node ->
                    node.isContainerNode() && !node.isEmpty() ? node.toString() : node.asText(""))
            .filter(text -> !text.isBlank() && !text.startsWith("{"))
            .findFirst()
            .orElse("it gave no reason");
    return TextMasker.masked(said, LONGEST_MESSAGE);
  }

  private static JsonNode parsed(byte[] body) throws IOException {
    try {
      return body == null ? null : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
