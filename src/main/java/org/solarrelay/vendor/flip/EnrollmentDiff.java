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
 * An enrollment that is not as the last poll found it.
 *
 * @param version of its state, counted from 1
 */
record EnrollmentDiff(FlipEnrollment enrollment, long version) {

  /** Its state as it is stored. */
  String state() {
    return EventData.write(enrollment.state()).toString();
  }

  /**
   * The {@code enrollment.changed} that tells of it. The same difference makes the same id, should
   * it be told twice.
   *
   * @throws InvalidMessageException where Flip's words can not be an event
   */
  Event event() {
    EnrollmentChange change = enrollment.announced();
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
        new Event(id, "flip", type, enrollment.id(), time, null, false, data).normalized();
    EventSchemas.check(EventType.ENROLLMENT_CHANGED, event.data());
    return event;
  }
}
