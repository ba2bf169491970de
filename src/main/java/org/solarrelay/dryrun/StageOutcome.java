package org.solarrelay.dryrun;

import java.util.Locale;

/** How a stage ends for a message. Specs and previews hold its {@link #text}. */
enum StageOutcome {
  /** A translate route, or a route that begins at a topic, has made events of the message. */
  TRANSLATED,
  /** A translate route, or a route that begins at a topic, has made no event, on purpose. */
  IGNORED,
  /** Fan-out has selected the destinations. */
  FANNED_OUT,
  /** The destination has accepted the event. */
  DELIVERED,
  /** The destination needed no call. */
  SKIPPED,
  /** The delivery awaits an operator's approval. */
  HELD,
  /** The attempt failed, and the relay retries. */
  RETRIED,
  /** The message or its delivery failed permanently. */
  DEAD,
  /** A route that other routes call has ended without a failure. */
  DONE;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The outcome in lower case, such as {@code fanned-out}. */
  String text() {
    return text;
  }
}
