package org.solarrelay.vendor.flip;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.solarrelay.event.EnrollmentChange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventSchemas;
import org.solarrelay.event.EventTime;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;

/**
 * An enrollment that is new, or that has changed since the last poll.
 *
 * @param version the number of the enrollment's state, from 1
 */
record EnrollmentDiff(FlipEnrollment enrollment, long version) {

  /** The state in the form in which it is stored, as JSON. */
  String state() {
    return EventData.write(enrollment.state()).toString();
  }

  /**
   * The {@code enrollment.changed} for this difference. The same difference has the same id, so
   * that an event that is published twice is a duplicate.
   *
   * @throws InvalidMessageException if the values do not match the schema of the event type
   */
  Event event() {
    EnrollmentChange change = enrollment.change();
    var data = EventData.write(change);
    String updatedAt = String.valueOf(enrollment.updatedAt());
    OffsetDateTime time =
        Optional.ofNullable(enrollment.updatedAt())
            .flatMap(EventTime::time)
            .orElseGet(() -> OffsetDateTime.now(ZoneOffset.UTC));
    String id =
        EventId.of("flip", "poll", enrollment.id(), updatedAt, Long.toString(version), state());
    String type = EventType.ENROLLMENT_CHANGED.id();
    Event event =
        Event.builder()
            .id(id)
            .source("flip")
            .type(type)
            .subject(enrollment.id())
            .time(time)
            .data(data)
            .build()
            .normalized();
    EventSchemas.check(EventType.ENROLLMENT_CHANGED, event.data());
    return event;
  }
}
