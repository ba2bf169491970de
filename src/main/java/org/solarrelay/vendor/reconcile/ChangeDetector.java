package org.solarrelay.vendor.reconcile;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solarrelay.event.Event;
import org.solarrelay.identity.echo.KnownRecord;
import org.solarrelay.identity.echo.KnownState;
import org.solarrelay.vendor.reconcile.ChangeRepository.Candidate;
import org.solarrelay.vendor.reconcile.ListedPart.Trait;

/**
 * Decides about a record that differs from the last run: whether a webhook reported the difference,
 * the relay wrote it, or it was missed.
 *
 * <p>The state last known of a part is the newest of three: what the vendor reported, what the
 * relay wrote, and what an earlier run read.
 */
final class ChangeDetector {

  /** Times of a vendor may be without a zone. */
  private static final Duration ZONES = Duration.ofHours(14);

  private final ReconcileRun run;
  private final Optional<OffsetDateTime> baseline;
  private final Duration settle;

  /**
   * @param baseline the start of the run that learned
   * @param settle how long before the request for a page a change may be missing on it
   */
  ChangeDetector(ReconcileRun run, Optional<OffsetDateTime> baseline, Duration settle) {
    this.run = run;
    this.baseline = baseline;
    this.settle = settle;
  }

  /**
   * A part that no webhook reported.
   *
   * @param before the value before and what it is known from, for the event's id
   */
  record MissedPart(ListedPart part, List<String> before) {}

  /** The decision about a record; the parts are empty unless it is {@link Decision#MISSED}. */
  record Result(Decision decision, List<MissedPart> missed) {

    private static Result of(Decision decision) {
      return new Result(decision, List.of());
    }
  }

  /** The event of a part; it has no id yet. */
  static Event event(ReconcileRun run, ListedRecord record, ListedPart part, OffsetDateTime at) {
    return Event.builder()
        .id("")
        .source(run.vendor())
        .type(part.type())
        .subject(record.subject())
        .time(at)
        .derivedId(true)
        .reconciled(true)
        .data(part.data())
        .build();
  }

  /**
   * Decides about a record.
   *
   * @param row what an earlier run stored of it
   * @param known what the relay knows of it
   */
  Result decide(Candidate candidate, KnownRecordRepository.Row row, KnownRecord known) {
    ListedRecord record = candidate.record();
    if (run.options().learning()) {
      return Result.of(Decision.LEARNED);
    }
    Event creation = event(run, record, record.creation(), candidate.at());
    List<MissedPart> missed = new ArrayList<>();
    boolean created = row.isUnknown() && !known.knows(creation);
    if (created) {
      if (isOlderThanBaseline(record)) {
        return Result.of(Decision.LEARNED);
      }
      missed.add(new MissedPart(record.creation(), List.of()));
    }
    boolean learned = false;
    for (ListedPart part : record.parts()) {
      if (!created || !part.has(Trait.IN_CREATION)) {
        Event event = withoutStatus(part, event(run, record, part, candidate.at()));
        PartState before = before(part, event, row, known);
        if (before.differs()) {
          missed.add(new MissedPart(part, before.texts()));
        }
        learned |= before == PartState.UNKNOWN;
      }
    }
    if (!missed.isEmpty()) {
      return known.changedAfter(candidate.at().minus(settle))
          ? Result.of(Decision.BUSY)
          : new Result(Decision.MISSED, missed);
    }
    return Result.of(learned ? Decision.LEARNED : Decision.KNOWN);
  }

  private static Event withoutStatus(ListedPart part, Event event) {
    return part.has(Trait.WITH_STATUS)
        ? event.withData(event.data().deepCopy().without("status"))
        : event;
  }

  private boolean isOlderThanBaseline(ListedRecord record) {
    return record
        .created()
        .flatMap(created -> baseline.map(start -> created.plus(ZONES).isBefore(start)))
        .orElse(false);
  }

  /**
   * The state of a part before.
   *
   * @param value the value before
   * @param from what the value is known from: the id of an event, or the time of a run
   */
  private record PartState(boolean differs, String value, String from) {
    static final PartState SAME = new PartState(false, "", "");
    static final PartState UNKNOWN = new PartState(false, "", "");

    static PartState ofRow(ListedPart part, String value, OffsetDateTime checkedAt) {
      return value.equals(part.value())
          ? SAME
          : new PartState(true, value, checkedAt.toInstant().toString());
    }

    List<String> texts() {
      return List.of(value, from);
    }
  }

  private static PartState before(
      ListedPart part, Event event, KnownRecordRepository.Row row, KnownRecord known) {
    Optional<KnownState> newest =
        part.has(Trait.LEAD_STATUS)
            ? known.newestLeadStatus(part.has(Trait.WRITTEN))
            : known.newest(event);
    String stored = row.state().get(part.name());
    boolean storedIsNewest =
        stored != null && newest.map(state -> !state.at().isAfter(row.checkedAt())).orElse(true);
    if (storedIsNewest) {
      return PartState.ofRow(part, stored, row.checkedAt());
    }
    if (newest.isEmpty()) {
      return part.has(Trait.INITIAL) ? PartState.UNKNOWN : new PartState(true, "", "");
    }
    KnownState state = newest.get();
    boolean same =
        part.has(Trait.LEAD_STATUS)
            ? KnownRecord.leadStatus(state).orElse("").equalsIgnoreCase(part.value())
            : known.has(event);
    String value = part.has(Trait.LEAD_STATUS) ? KnownRecord.leadStatus(state).orElse("") : "";
    return same ? PartState.SAME : new PartState(true, value, state.state().id());
  }
}
