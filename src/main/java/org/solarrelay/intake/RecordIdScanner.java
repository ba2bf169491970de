package org.solarrelay.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One streaming look at a body: is it JSON, of how many elements, and which record is it about?
 * Building a tree or evaluating JSONPath here costs a quarter of the intake's rate.
 */
final class RecordIdScanner {

  private static final JsonFactory JSON = new JsonFactory();

  /** Where the senders put the record's id, best first. */
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

  private static final int LONGEST_ID = 200;

  /** In so many bytes JSON of another encoding than UTF-8 shows a zero or a byte order mark. */
  private static final int ENCODING_BYTES = 4;

  private RecordIdScanner() {}

  /**
   * Reads to the end.
   *
   * @param mostElements how many names, values and brackets the body may have: each becomes objects
   *     in the stages behind
   * @return the id of the record the body (or the first element of its array) is about, null where
   *     it shows none
   * @throws RejectedException 400 where the body is not one JSON value in UTF-8, with the place but
   *     not the text; 413 where it has more of them
   */
  static String recordId(byte[] body, long mostElements) throws RejectedException {
    requireUtf8(body);
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == null) {
        throw notJson("the body is empty");
      }
      return scan(parser, mostElements);
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
        throw notJson("the body is not in UTF-8, as JSON has to be");
      }
    }
  }

  private static String scan(JsonParser parser, long mostElements)
      throws IOException, RejectedException {
    int best = ID_PATHS.size();
    int elements = 0;
    String id = null;
    boolean complete = false;
    for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
      if (complete) {
        throw notJson("the body holds more than one JSON value" + JsonSyntaxError.place(parser));
      }
      if (++elements > mostElements) {
        throw tooManyElements(mostElements);
      }
      if (token.isScalarValue() && namesAnId(parser.currentName())) {
        int rank = ID_PATHS.indexOf(path(parser.getParsingContext()));
        // of two fields with one name the last counts, as in the stages behind
        if (rank >= 0 && rank <= best && parser.getTextLength() <= LONGEST_ID) {
          best = rank;
          id = parser.getText();
        }
      }
      complete = parser.getParsingContext().inRoot();
    }
    return id;
  }

  private static RejectedException notJson(String why) {
    return new RejectedException(400, "Bad Request", why);
  }

  private static RejectedException tooManyElements(long most) {
    return new RejectedException(
        "too-many-elements",
        413,
        "Content Too Large",
        "The body has more than %d JSON names, values and brackets".formatted(most),
        Map.of());
  }

  private static boolean namesAnId(String name) {
    return name != null && ID_NAMES.contains(name);
  }

  /** The names down to here, of the root or of a root array's first element; else empty. */
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
