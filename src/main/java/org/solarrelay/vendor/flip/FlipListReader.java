package org.solarrelay.vendor.flip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.delivery.http.ResponseReader;

/**
 * Reads Flip's list of enrollments, {@code {"enrollments": […]}}, one enrollment at a time while
 * the response arrives. An enrollment takes some 400 bytes of memory. Used by one thread at a time.
 */
final class FlipListReader implements ResponseReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_JSON = "Flip returned 200 with something that is not JSON";

  /** The maximum number of JSON tokens of an enrollment; usual are some hundred. */
  private static final int MAX_TOKENS = 20_000;

  /** The maximum mean length of an enrollment, in bytes. */
  private static final long MAX_MEAN_LENGTH = 8192;

  private static final int LIST_DEPTH = 2;
  private static final int MAX_SHARED_VALUES = 10_000;

  private final int most;
  private final JsonParser parser;
  private final List<FlipEnrollment> enrollments = new ArrayList<>();
  private final Map<Object, Object> sharedValues = new HashMap<>();
  private TokenBuffer enrollment;
  private int tokens;
  private int depth;
  private boolean atList;
  private boolean inList;
  private boolean hasList;
  private boolean ended;
  private boolean used;
  private long length;
  private IOException failure;

  /**
   * @param most the maximum number of enrollments
   */
  FlipListReader(int most) {
    this.most = most;
    try {
      this.parser = new JsonFactory().createNonBlockingByteArrayParser();
    } catch (IOException e) {
      throw new IllegalStateException("a parser without input", e);
    }
  }

  /** Whether any byte was read. */
  boolean isUsed() {
    return used;
  }

  @Override
  public void read(byte[] bytes) throws IOException {
    used = true;
    length += bytes.length;
    if (length > most * MAX_MEAN_LENGTH) {
      throw tooMany();
    }
    if (failure != null) {
      // an error page is read to its end; the HTTP status decides
      return;
    }
    try {
      ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
      feeder.feedInput(bytes, 0, bytes.length);
      takeTokens();
    } catch (IOException e) {
      failure = new IOException(NOT_JSON);
    }
    if (enrollments.size() > most) {
      throw tooMany();
    }
  }

  /**
   * The enrollments, without those that are unusable.
   *
   * @throws IOException if the response is not a list of enrollments
   */
  FlipList list() throws IOException {
    if (failure == null) {
      try {
        ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).endOfInput();
        takeTokens();
      } catch (IOException e) {
        failure = new IOException(NOT_JSON);
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (!ended) {
      throw new IOException(NOT_JSON);
    }
    if (!hasList) {
      throw new IOException("Flip returned 200 without a list of enrollments");
    }
    return new FlipList(List.copyOf(enrollments));
  }

  private IOException tooMany() {
    String reason =
        "Flip lists more than %d enrollments, see relay.flip.most-enrollments".formatted(most);
    failure = new IOException(reason);
    return failure;
  }

  private void takeTokens() throws IOException {
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.NOT_AVAILABLE;
        token = parser.nextToken()) {
      if (ended || depth == 0 && !token.isStructStart()) {
        throw new IOException(NOT_JSON);
      }
      take(token);
    }
  }

  private void take(JsonToken token) throws IOException {
    if (token.isStructEnd()) {
      depth--;
    }
    if (inList && depth < LIST_DEPTH) {
      inList = false;
    } else if (inList) {
      addToEnrollment(token);
    }
    if (depth == 1 && token == JsonToken.FIELD_NAME) {
      atList = "enrollments".equals(parser.currentName());
    } else if (depth == 1 && token == JsonToken.START_ARRAY && atList) {
      inList = true;
      hasList = true;
    }
    if (token.isStructStart()) {
      depth++;
    }
    ended = depth == 0;
  }

  private void addToEnrollment(JsonToken token) throws IOException {
    if (enrollment == null && token == JsonToken.START_OBJECT) {
      enrollment = new TokenBuffer(JSON, false);
      tokens = 0;
    }
    if (enrollment == null) {
      return;
    }
    if (++tokens > MAX_TOKENS) {
      throw new IOException("an enrollment with more than " + MAX_TOKENS + " tokens");
    }
    enrollment.copyCurrentEvent(parser);
    if (depth == LIST_DEPTH && token.isStructEnd()) {
      JsonNode whole = JSON.readTree(enrollment.asParser());
      enrollment = null;
      add(FlipEnrollment.of(whole));
    }
  }

  private void add(FlipEnrollment read) {
    if (read.isUsable()) {
      enrollments.add(
          new FlipEnrollment(
              read.id(),
              shared(read.status()),
              shared(read.statusReason()),
              shared(read.groupIds()),
              read.email(),
              read.address(),
              read.updatedAt()));
    }
  }

  /** Returns the first equal value, so that equal values take memory once. */
  @SuppressWarnings("unchecked")
  private <T> T shared(T value) {
    if (value == null || sharedValues.size() >= MAX_SHARED_VALUES) {
      return value == null ? null : (T) sharedValues.getOrDefault(value, value);
    }
    Object before = sharedValues.putIfAbsent(value, value);
    return before == null ? value : (T) before;
  }
}
