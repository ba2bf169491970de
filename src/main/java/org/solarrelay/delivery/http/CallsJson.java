package org.solarrelay.delivery.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.solarrelay.config.SecretMask;

/**
 * Writes the calls of an attempt as JSON for the database: masked, in their order, together at most
 * {@link #LIMIT} bytes. The last call is the one that decides the attempt, so it comes first where
 * the calls do not fit. A call has {@code method}, {@code url}, {@code headers}, {@code body},
 * {@code status}, {@code durationMs}, and {@code truncated} where its body is cut. The first one
 * has {@code before}, the number of calls before it, where those are left out.
 */
final class CallsJson {

  /** Bytes of the JSON text in UTF-8. */
  static final int LIMIT = 1 << 14;

  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final int LONGEST_URL = 2000;
  private static final int LONGEST_HEADER = 200;

  /** What no other limit counts: brackets, and {@code before}. */
  private static final int FRAME = 40;

  private static final String BODY = ",\"body\":\"";
  private static final String TRUNCATED = ",\"truncated\":true";

  /** Bytes of a call's body that is empty. */
  private static final int EMPTY_BODY = BODY.length() + TRUNCATED.length() + 4;

  /** Bytes that the body of a call leaves to each call before it. */
  private static final int SHARE = 256;

  private static final int MOST_SHARES = 8;

  /** A character becomes at most so many bytes. */
  private static final int WORST = 6;

  private final RequestMasker masker;

  CallsJson(SecretMask secrets) {
    this.masker = new RequestMasker(secrets);
  }

  /** Returns the JSON, a list. */
  String write(List<VendorCall> calls) {
    Deque<StringBuilder> written = new ArrayDeque<>();
    int room = LIMIT - FRAME;
    int index = calls.size() - 1;
    for (; index >= 0; index--) {
      StringBuilder call = head(calls.get(index));
      int left = room - utf8Length(call) - EMPTY_BODY;
      if (left < 0) {
        break;
      }
      int shares = SHARE * Math.min(index, MOST_SHARES);
      addBody(call, calls.get(index).body(), Math.max(0, left - shares));
      room -= index == 0 ? 0 : utf8Length(call) + 2;
      written.addFirst(call);
    }
    return array(written, index + 1);
  }

  private static String array(Deque<StringBuilder> calls, int leftOut) {
    StringBuilder json = new StringBuilder("[");
    for (StringBuilder call : calls) {
      boolean first = json.length() == 1;
      json.append(first ? "" : ",").append(call);
      if (first && leftOut > 0) {
        json.append(",\"before\":").append(leftOut);
      }
      json.append('}');
    }
    return json.append(']').toString();
  }

  private StringBuilder head(VendorCall call) {
    StringBuilder json = new StringBuilder(256 + call.body().text().length());
    json.append("{\"method\":\"");
    quote(cut(call.method(), LONGEST_HEADER), json);
    json.append("\",\"url\":\"");
    quote(cut(masker.url(cut(call.url(), 2 * LONGEST_URL)), LONGEST_URL), json);
    json.append("\",\"headers\":{");
    String separator = "";
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      json.append(separator).append('"').append(header.getKey()).append("\":\"");
      quote(cut(masker.text(cut(header.getValue(), 2 * LONGEST_URL)), LONGEST_HEADER), json);
      json.append('"');
      separator = ",";
    }
    return json.append("},\"status\":")
        .append(call.status())
        .append(",\"durationMs\":")
        .append(call.durationMillis());
  }

  private void addBody(StringBuilder json, RequestBody body, int room) {
    String masked = masker.body(body);
    // half a secret at the end would not be masked
    String whole =
        body.cut()
            ? TextMasker.prefix(masked, Math.max(0, masked.length() - masker.maxSecretLength()))
            : masked;
    String fitting = TextMasker.prefix(whole, fitting(whole, room));
    if (!fitting.isEmpty()) {
      json.append(BODY);
      quote(fitting, json);
      json.append('"');
    }
    if (body.cut() || fitting.length() < whole.length()) {
      json.append(TRUNCATED);
    }
  }

  private static String cut(String text, int longest) {
    return text.length() > longest ? TextMasker.prefix(text, longest) + "…" : text;
  }

  private static void quote(String text, StringBuilder json) {
    ENCODER.quoteAsString(text, json);
  }

  /** How many characters of the text have at most so many bytes as a part of JSON. */
  private static int fitting(String text, int bytes) {
    if (text.length() <= bytes / WORST) {
      return text.length();
    }
    int used = 0;
    for (int index = 0; index < text.length(); index++) {
      used += quotedLength(text.charAt(index));
      if (used > bytes) {
        return index;
      }
    }
    return text.length();
  }

  private static int quotedLength(char one) {
    if (one < ' ') {
      return WORST;
    }
    return one == '"' || one == '\\' ? 2 : utf8Length(one);
  }

  private static int utf8Length(CharSequence text) {
    int length = 0;
    for (int index = 0; index < text.length(); index++) {
      length += utf8Length(text.charAt(index));
    }
    return length;
  }

  /** A surrogate pair has four bytes, half a pair one. */
  private static int utf8Length(char one) {
    if (one < 0x80) {
      return 1;
    }
    return one < 0x800 || Character.isSurrogate(one) ? 2 : 3;
  }
}
