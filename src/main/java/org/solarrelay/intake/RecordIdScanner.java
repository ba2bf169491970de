package org.solarrelay.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Scans a body once: checks that it is JSON, counts its elements and finds the id of its record. A
 * tree or JSONPath would cost a quarter of the intake's rate.
 */
final class RecordIdScanner {

  private static final JsonFactory JSON = new JsonFactory();

  /** The fields in which senders put the record's id; earlier ones win. */
  private static final List<String> ID_PATHS =
      List.of(
          "subject",
          "id",
          "payload.deal.id",
          "payload.customer.id",
          "payload.current.id",
          "customer_id",
          "pkcustomerid",
          "event_object.id",
          "data.id");

  private static final Set<String> ID_NAMES =
      Set.of("subject", "id", "customer_id", "pkcustomerid");

  private static final int MAX_ID_LENGTH = 200;

  /** JSON in UTF-16 or UTF-32 has a zero or a byte order mark within so many bytes. */
  private static final int ENCODING_BYTES = 4;

  private RecordIdScanner() {}

  /**
   * Reads to the end.
   *
   * @param maxElements how many names, values and brackets the body may have; each takes memory in
   *     the later stages
   * @return the id of the record of the body, or of the first element if the body is an array; null
   *     if there is none
   * @throws RejectedException 400 if the body is not one JSON value in UTF-8, with the position and
   *     without the text; 413 if it has more elements
   */
  static String recordId(byte[] body, long maxElements) throws RejectedException {
    requireUtf8(body);
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == null) {
        throw notJson("the body is empty");
      }
      return scan(parser, maxElements);
    } catch (JsonProcessingException e) {
      throw notJson(JsonSyntaxError.describe(e, body));
    } catch (IOException e) {
      throw notJson("the body is not JSON");
    }
  }

  private static void requireUtf8(byte[] body) throws RejectedException {
    int length = Math.min(body.length, ENCODING_BYTES);
    for (int i = 0; i < length; i++) {
      if (body[i] == 0 || body[i] == (byte) 0xFE || body[i] == (byte) 0xFF) {
        throw notJson("the body is not in UTF-8; JSON must be");
      }
    }
  }

  private static String scan(JsonParser parser, long maxElements)
      throws IOException, RejectedException {
    int best = ID_PATHS.size();
    int elements = 0;
    String id = null;
    boolean complete = false;
    for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
      if (complete) {
        throw notJson("the body holds more than one JSON value" + JsonSyntaxError.position(parser));
      }
      if (++elements > maxElements) {
        throw tooManyElements(maxElements);
      }
      if (token.isScalarValue() && isIdName(parser.currentName())) {
        int rank = ID_PATHS.indexOf(path(parser.getParsingContext()));
        // of two fields with one name the last wins, as in the later stages
        if (rank >= 0 && rank <= best && parser.getTextLength() <= MAX_ID_LENGTH) {
          best = rank;
          id = parser.getText();
        }
      }
      complete = parser.getParsingContext().inRoot();
    }
    return id;
  }

  private static RejectedException notJson(String why) {
    return new RejectedException(RejectionReason.NOT_JSON, why);
  }

  private static RejectedException tooManyElements(long max) {
    return new RejectedException(
        RejectionReason.TOO_MANY_ELEMENTS,
        "The body has more than %d JSON names, values and brackets".formatted(max));
  }

  private static boolean isIdName(String name) {
    return name != null && ID_NAMES.contains(name);
  }

  /** The field's path below the root or below the first element of a root array; else empty. */
  private static String path(JsonStreamContext here) {
    String path = here.getCurrentName();
    for (JsonStreamContext at = here.getParent(); !at.inRoot(); at = at.getParent()) {
      if (at.inObject()) {
        path = at.getCurrentName() + "." + path;
      } else if (at.getCurrentIndex() > 0 || !at.getParent().inRoot()) {
        return "";
      }
    }
    return path;
  }
}
