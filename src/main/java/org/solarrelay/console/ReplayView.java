package org.solarrelay.console;

import org.solarrelay.delivery.queue.BulkReplay;

/** A bulk replay with its state in words. */
public record ReplayView(BulkReplay replay) {

  /** The result so far, such as {@code 40 replayed.} */
  public String summary() {
    return switch (replay.state()) {
      case RUNNING -> "%d of %s processed.".formatted(replay.processed(), selected());
      case FINISHED -> result() + ".";
      case STOPPED ->
          "%s, %s not touched.".formatted(result(), Counts.of(replay.remaining(), "is", "are"));
    };
  }

  private String result() {
    StringBuilder text = new StringBuilder(replay.replayed() + " replayed");
    if (replay.superseded() > 0) {
      text.append(", ").append(replay.superseded()).append(" skipped as superseded");
    }
    if (replay.refused() > 0) {
      text.append(", ").append(replay.refused()).append(" refused");
    }
    return text.toString();
  }

  /** Such as {@code 40 deliveries}. */
  public String selected() {
    return switch (replay.what()) {
      case DELIVERIES -> Counts.of(replay.selected(), "delivery", "deliveries");
      case MESSAGES -> Counts.of(replay.selected(), "message", "messages");
    };
  }

  /** Such as {@code stopped by Ada}. */
  public String state() {
    return replay.stoppedBy() == null
        ? replay.state().text()
        : replay.state().text() + " by " + replay.stoppedBy();
  }

  /** The class of the state's style. */
  public String style() {
    return switch (replay.state()) {
      case RUNNING, STOPPED -> "warn";
      case FINISHED -> "good";
    };
  }
}
