package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Project;
import org.solarrelay.vendor.enerflo.EnerfloStatus;

/**
 * Maps names of install statuses to Enerflo's numbers and back. Enerflo's list is cached for ten
 * minutes. On Hold, whose number is documented, needs no list.
 */
@Singleton
@Named("enerfloStatuses")
public class EnerfloStatuses {

  private static final Duration CACHE_TIME = Duration.ofMinutes(10);

  private record CachedList(EnerfloStatusList statuses, long at) {}

  private final LongSupplier nanos;
  private volatile CachedList cached;

  public EnerfloStatuses() {
    this(System::nanoTime);
  }

  EnerfloStatuses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether an event from Enerflo has a status by number only. */
  static boolean isNumbered(Event event) {
    String status = new JsonFields(event.data()).text("status");
    return "enerflo".equals(event.source())
        && status != null
        && EnerfloStatus.numberIn(status).isPresent();
  }

  /** Whether the list has to be requested to find the name of an event's status. */
  public boolean isNameUnknown(Event event) {
    return isStale() || ofNumber(event).isEmpty();
  }

  /** The event with the name of its status; unchanged if the list does not have the number. */
  public Event named(Event event) {
    return ofNumber(event)
        .map(
            status -> {
              ObjectNode data = event.data().deepCopy();
              data.put("status", EnerfloStatus.wordFor(status.name()));
              data.put("statusId", Integer.toString(status.id()));
              return event.withData(data);
            })
        .orElse(event);
  }

  private Optional<EnerfloStatus> ofNumber(Event event) {
    return EnerfloStatus.numberIn(wanted(event)).flatMap(known()::numbered);
  }

  private EnerfloStatusList known() {
    CachedList known = cached;
    return known == null ? EnerfloStatusList.UNKNOWN : known.statuses();
  }

  private boolean isStale() {
    CachedList known = cached;
    return known == null || nanos.getAsLong() - known.at() > CACHE_TIME.toNanos();
  }

  /** Whether the list has to be requested to find the number of an event's status. */
  public boolean isUnknown(Event event) {
    String wanted = new JsonFields(event.data()).text("status");
    return isStale() || wanted != null && known().called(wanted).isEmpty();
  }

  /** Caches the list in Enerflo's response. */
  public void learn(byte[] body) throws IOException {
    cached = new CachedList(EnerfloStatusList.read(body), nanos.getAsLong());
  }

  /**
   * The number of the status of an event.
   *
   * @throws PermanentFailureException if Enerflo has no such status; the text lists the statuses
   */
  public int idOf(Event event) {
    String wanted = wanted(event);
    EnerfloStatusList known = known();
    return known
        .called(wanted)
        .or(() -> Optional.of(EnerfloStatus.ON_HOLD).filter(it -> it.hasName(wanted)))
        .map(EnerfloStatus::id)
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    "Enerflo has no install status \"%s\"; it has: %s"
                        .formatted(wanted, known.names())));
  }

  private static String wanted(Event event) {
    String status = EventData.read(event, Project.class).status();
    if (status == null) {
      throw new PermanentFailureException("project.status-changed requires status");
    }
    return status;
  }
}
