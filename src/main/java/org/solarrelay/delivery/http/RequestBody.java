package org.solarrelay.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.stream.Collectors;
import org.apache.camel.StreamCache;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The body of a request as text, as far as it may be stored. Reading it leaves the request as it
 * is.
 *
 * @param text the beginning of the body; empty without one, and where it is no text
 * @param cut whether the body has more
 * @param form whether the text is that of a form: names and values, percent-encoded
 */
record RequestBody(String text, boolean cut, boolean form) {

  static final RequestBody NONE = new RequestBody("", false, false);
  private static final RequestBody UNREADABLE = new RequestBody("", true, false);
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Chars and bytes to read: what is stored, and room for masks that are shorter than secrets. */
  static final int LONGEST = 3 * CallsJson.LIMIT;

  /**
   * @param body as the message has it
   * @param contentType null where the request has none
   */
  static RequestBody of(Object body, String contentType) {
    if (body == null) {
      return NONE;
    }
    if (body instanceof String text) {
      return of(text, contentType != null && contentType.startsWith(FORM));
    }
    if (body instanceof byte[] bytes) {
      return of(bytes, bytes.length, contentType);
    }
    if (body instanceof Buffer buffer) {
      return of(
          buffer.getBytes(0, Math.min(buffer.length(), LONGEST)), buffer.length(), contentType);
    }
    if (body instanceof JsonNode json) {
      return of(json.isTextual() ? json.textValue() : json.toString(), false);
    }
    if (body instanceof MultiMap form) {
      return of(
          form.entries().stream()
              .map(field -> field.getKey() + "=" + field.getValue())
              .collect(Collectors.joining("&")),
          true);
    }
    return body instanceof StreamCache stream && stream.inMemory()
        ? of(stream, contentType)
        : UNREADABLE;
  }

  /** The same for the entity of a request; null without a body. */
  static RequestBody of(HttpEntity entity) {
    if (entity == null) {
      return NONE;
    }
    if (!entity.isRepeatable()) {
      return UNREADABLE;
    }
    try (InputStream content = entity.getContent()) {
      byte[] bytes = content.readNBytes(LONGEST);
      return of(bytes, Math.max(bytes.length, entity.getContentLength()), entity.getContentType());
    } catch (IOException | UnsupportedOperationException e) {
      return UNREADABLE;
    }
  }

  private static RequestBody of(StreamCache stream, String contentType) {
    try {
      // a copy has a position of its own
      if (stream.copy(null) instanceof ByteArrayInputStream copy) {
        byte[] bytes = copy.readNBytes(LONGEST);
        return of(bytes, stream.length(), contentType);
      }
    } catch (IOException | RuntimeException e) {
      // stored without its body
    }
    return UNREADABLE;
  }

  private static RequestBody of(String text, boolean form) {
    return new RequestBody(TextMasker.prefix(text, LONGEST), text.length() > LONGEST, form);
  }

  private static RequestBody of(byte[] beginning, long length, String contentType) {
    ContentType type = contentType == null ? null : ContentType.parseLenient(contentType);
    if (type != null && !isText(type.getMimeType())) {
      return UNREADABLE;
    }
    Charset charset = type == null || type.getCharset() == null ? UTF_8 : type.getCharset();
    int read = Math.min(beginning.length, LONGEST);
    boolean form = type != null && FORM.equals(type.getMimeType());
    return new RequestBody(new String(beginning, 0, read, charset), length > read, form);
  }

  private static boolean isText(String type) {
    return type == null
        || type.startsWith("text/")
        || type.endsWith("json")
        || type.endsWith("xml")
        || type.equals(FORM);
  }
}
