package org.solarrelay.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * One streaming look at a body: is it JSON, and which record is it about? Building a tree or
 * evaluating JSONPath here costs a quarter of the intake's rate.
 */
final class JsonLook {

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

  private JsonLook() {}

  /**
   * Reads to the end.
   *
   * @return the id of the record the body (or the first element of its array) is about, null where
   *     it shows none
   * @throws NotJsonException where the body is not one JSON value, with the place but not the text
   */
  static String recordId(byte[] body) throws NotJsonException {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == null) {
        throw new NotJsonException("the body is empty");
      }
      return scan(parser);
    } catch (JsonProcessingException e) {
      throw new NotJsonException("the body is not JSON" + place(e.getLocation()));
    } catch (IOException e) {
      throw new NotJsonException("the body is not JSON");
    }
  }

  private static String scan(JsonParser parser) throws IOException, NotJsonException {
    int best = ID_PATHS.size();
    String id = null;
    boolean complete = false;
    for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
      if (complete) {
        throw new NotJsonException("the body holds more than one JSON value");
      }
      if (token.isScalarValue() && namesAnId(parser.currentName())) {
        int rank = ID_PATHS.indexOf(path(parser.getParsingContext()));
        if (rank >= 0 && rank < best && parser.getTextLength() <= LONGEST_ID) {
          best = rank;
          id = parser.getText();
        }
      }
      complete = parser.getParsingContext().inRoot();
    }
    return id;
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ", or too deep or too long in places"
        : ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
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

  /** Says where, in words a sender may be shown. */
  static final class NotJsonException extends Exception {
    NotJsonException(String reason) {
      super(reason, null, false, false);
    }
  }
}
