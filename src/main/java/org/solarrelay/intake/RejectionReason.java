package org.solarrelay.intake;

import java.util.Arrays;
import java.util.Optional;

/** Why intake rejects a request: the status of the response, and the label of the metric. */
public enum RejectionReason {
  NOT_JSON("not-json", 400, "Bad Request"),
  MALFORMED_URL("malformed-url", 400, "Bad Request"),
  UNAUTHENTICATED("unauthenticated", 401, "Unauthorized"),
  UNKNOWN_SOURCE("unknown-source", 404, "Not Found"),
  NOT_POST("not-post", 405, "Method Not Allowed"),
  TOO_LARGE("too-large", 413, "Content Too Large"),
  TOO_MANY_ELEMENTS("too-many-elements", 413, "Content Too Large"),
  MEDIA_TYPE("media-type", 415, "Unsupported Media Type"),
  FAILED("failed", 500, "Internal Server Error"),
  /** The memory for bodies is full. */
  BODY_MEMORY("body-memory", 503, "Service Unavailable"),
  /** Kafka is unavailable; the public label calls Kafka the log. */
  LOG_UNAVAILABLE("log-unavailable", 503, "Service Unavailable"),
  NO_SECRET("no-secret", 503, "Service Unavailable"),
  /** No intake route runs. */
  NOT_OPEN("not-open", 503, "Service Unavailable");

  private final String label;
  private final int status;
  private final String title;

  RejectionReason(String label, int status, String title) {
    this.label = label;
    this.status = status;
    this.title = title;
  }

  /** The reason with this label. */
  public static Optional<RejectionReason> of(String label) {
    return Arrays.stream(values()).filter(reason -> reason.label.equals(label)).findFirst();
  }

  /** The value of the metric's label {@code reason}. */
  public String label() {
    return label;
  }

  int status() {
    return status;
  }

  /** The title of the problem+json. */
  String title() {
    return title;
  }
}
