package org.solarrelay.vendor.reconcile;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventSchemas;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.vendor.reconcile.ChangeDetector.MissedPart;
import org.solarrelay.vendor.reconcile.ChangeRepository.Candidate;

/** Creates the events for changes that no webhook reported. */
final class ReconciledEvents {

  /** An event and what changed. */
  record Made(Event event, MissedChange change) {}

  private ReconciledEvents() {}

  /**
   * The events of a record, in their order. Parts with the same event type and content scope make
   * one event.
   *
   * <p>The id of a creation is made of source and record; any other id also of the value and the
   * value before. So the same difference has the same id in each run and in each pod. The events
   * have the same content scope as the vendor's webhooks. So a webhook that arrives later is a
   * duplicate.
   *
   * @throws InvalidMessageException if the record breaks the schema of its event
   */
  static List<Made> of(ReconcileRun run, Candidate candidate, List<MissedPart> missed) {
    Map<List<String>, List<MissedPart>> byScope = new LinkedHashMap<>();
    for (MissedPart part : missed) {
      List<String> scope = new ArrayList<>(List.of(run.vendor(), part.part().type()));
      scope.addAll(part.part().scope());
      byScope.computeIfAbsent(scope, key -> new ArrayList<>()).add(part);
    }
    List<Made> events = new ArrayList<>();
    byScope.forEach((scope, parts) -> events.add(event(run, candidate, scope, parts)));
    return events;
  }

  private static Made event(
      ReconcileRun run, Candidate candidate, List<String> scope, List<MissedPart> parts) {
    ListedPart first = parts.get(0).part();
    OffsetDateTime at = candidate.at();
    Event event = ChangeDetector.event(run, candidate.record(), first, at);
    var data = first.data().deepCopy();
    parts.forEach(part -> data.setAll(part.part().data()));
    Event made =
        event.toBuilder()
            .id(id(run, candidate, parts))
            .data(data)
            .contentKey(ContentKey.of(ContentHash.of(data), scope.toArray(String[]::new)))
            .build()
            .normalized();
    EventSchemas.check(EventType.of(made.type()).orElseThrow(), made.data());
    return new Made(made, first.change());
  }

  private static String id(ReconcileRun run, Candidate candidate, List<MissedPart> parts) {
    Stream<String> record =
        Stream.of("reconciled", run.vendor(), candidate.kind(), candidate.record().id());
    boolean creation = parts.get(0).part().change() == MissedChange.CREATED;
    Stream<String> values =
        creation
            ? Stream.empty()
            : parts.stream()
                .flatMap(
                    part ->
                        Stream.concat(
                            Stream.of(part.part().name(), part.part().value()),
                            part.before().stream()));
    return EventId.of(Stream.concat(record, values).toArray(String[]::new));
  }
}
