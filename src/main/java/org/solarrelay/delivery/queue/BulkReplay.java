package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.OffsetDateTime;
import java.util.Locale;

/**
 * A replay of the deliveries or messages that matched a filter when the replay began, with its
 * progress.
 *
 * @param filter in words
 * @param matched how many matched the filter
 * @param selected how many of them the replay takes, the oldest ones
 * @param replayed how many deliveries are back in the queue, or how many messages were sent again
 * @param superseded how many deliveries the replay has skipped, because a newer event was delivered
 * @param refused how many could not be replayed: another request has replayed them meanwhile, or
 *     Kafka rejects them
 * @param remaining how many are left; those of a stopped replay stay as they are
 * @param reason why the relay has stopped the replay; null where it has not
 * @param by the operator
 * @param stoppedBy the operator who has stopped the replay; null where none has
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BulkReplay(
    long id,
    BulkReplayState state,
    What what,
    String filter,
    long matched,
    int selected,
    int replayed,
    int superseded,
    int refused,
    int remaining,
    String reason,
    String by,
    String stoppedBy,
    OffsetDateTime startedAt,
    OffsetDateTime endedAt) {

  /** What a bulk replay takes. */
  public enum What {
    DELIVERIES,
    MESSAGES;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** In lower case, as SQL and JSON hold it. */
    @JsonValue
    public String text() {
      return text;
    }
  }

  @JsonIgnore
  public boolean isRunning() {
    return state == BulkReplayState.RUNNING;
  }

  /** How many items the replay has processed. */
  @JsonIgnore
  public int processed() {
    return selected - remaining;
  }
}
