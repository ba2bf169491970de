package org.solarrelay.vendor.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.solarrelay.vendor.reconcile.ChangeRepository.DecidedChange;

/**
 * A run in the operator API.
 *
 * @param missed the events that it made, or would make
 * @param lists what it found in each list
 * @param changes the records that no webhook reported; null where the run is part of a list
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ShownRun(
    long id,
    String vendor,
    String reason,
    String state,
    boolean dryRun,
    boolean learning,
    OffsetDateTime since,
    OffsetDateTime startedAt,
    OffsetDateTime finishedAt,
    String detail,
    int missed,
    List<ShownList> lists,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<DecidedChange> changes) {

  /** What a run found in one list. */
  record ShownList(String kind, int records, Map<String, Integer> missed, int deleted) {}

  static ShownRun of(ReconcileRun run) {
    return new ShownRun(
        run.id(),
        run.vendor(),
        run.reason().label(),
        run.state().label(),
        run.options().dryRun(),
        run.options().learning(),
        run.options().since().orElse(null),
        run.startedAt(),
        run.finishedAt().orElse(null),
        run.detail().orElse(null),
        run.missedEvents(),
        run.counts().entrySet().stream()
            .map(
                list ->
                    new ShownList(
                        list.getKey(),
                        list.getValue().records(),
                        list.getValue().missed(),
                        list.getValue().deleted()))
            .toList(),
        null);
  }

  ShownRun withChanges(List<DecidedChange> found) {
    return new ShownRun(
        id,
        vendor,
        reason,
        state,
        dryRun,
        learning,
        since,
        startedAt,
        finishedAt,
        detail,
        missed,
        lists,
        found);
  }
}
