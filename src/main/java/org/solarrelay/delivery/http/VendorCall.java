package org.solarrelay.delivery.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A call of a vendor during an attempt: the request as it leaves and, after its end, the status and
 * the duration. Only headers of a fixed list are kept, and none of them contains a key.
 */
final class VendorCall {

  private static final String[] HEADERS = {
    "Accept",
    "Content-Type",
    "Content-Language",
    "Idempotency-Key",
    "If-Match",
    "Prefer",
    "webhook-id",
    "webhook-timestamp"
  };

  private final long startedAt = System.nanoTime();
  private final String method;
  private final String url;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final RequestBody body;
  private volatile Integer status;
  private volatile Long durationMillis;

  /**
   * @param url with query, unmasked
   * @param header returns the value of a header of the request; null where it has none
   */
  VendorCall(String method, String url, Function<String, String> header, RequestBody body) {
    this.method = method;
    this.url = url;
    this.body = body;
    for (String name : HEADERS) {
      String value = header.apply(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
  }

  /**
   * @param itsStatus the HTTP status; null where there was no response
   */
  void end(Integer itsStatus) {
    status = itsStatus;
    durationMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
  }

  String method() {
    return method;
  }

  /** The URL with its query, unmasked. */
  String url() {
    return url;
  }

  /** The headers that may be stored, by the names above. */
  Map<String, String> headers() {
    return headers;
  }

  RequestBody body() {
    return body;
  }

  /** The HTTP status; null before a response. */
  Integer status() {
    return status;
  }

  /** How long the call took; null while it is running. */
  Long durationMillis() {
    return durationMillis;
  }
}
