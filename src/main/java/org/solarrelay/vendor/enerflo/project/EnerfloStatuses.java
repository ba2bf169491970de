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
 * The statuses an install can have, by name. The list of Enerflo's is kept for a while; On Hold,
 * whose number is documented, needs no list.
 */
@Singleton
@Named("enerfloStatuses")
public class EnerfloStatuses {

  private static final Duration FRESH = Duration.ofMinutes(10);

  private record Listed(EnerfloStatusList statuses, long at) {}

  private final LongSupplier nanos;
  private volatile Listed listed;

  public EnerfloStatuses() {
    this(System::nanoTime);
  }

  EnerfloStatuses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether the event, which came from Enerflo, tells a status by its number only. */
  static boolean isNumbered(Event event) {
    String status = new JsonFields(event.data()).text("status");
    return "enerflo".equals(event.source())
        && status != null
        && EnerfloStatus.numberIn(status).isPresent();
  }

  /** Whether the list has to be asked for to say what number an event's status has as a name. */
  public boolean isNameUnknown(Event event) {
    return isStale() || ofNumber(event).isEmpty();
  }

  /** The event with its status by name, as far as Enerflo's list has it. */
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
    Listed known = listed;
    return known == null ? EnerfloStatusList.UNKNOWN : known.statuses();
  }

  private boolean isStale() {
    Listed known = listed;
    return known == null || nanos.getAsLong() - known.at() > FRESH.toNanos();
  }

  /** Whether the list has to be asked for to name the status of an event. */
  public boolean isUnknown(Event event) {
    String wanted = new JsonFields(event.data()).text("status");
    return isStale() || wanted != null && known().called(wanted).isEmpty();
  }

  /** Keeps Enerflo's list, read from the body of its answer. */
  public void learn(byte[] body) throws IOException {
    listed = new Listed(EnerfloStatusList.read(body), nanos.getAsLong());
  }

  /**
   * The number of the status of an event.
   *
   * @throws PermanentFailureException naming the statuses there are, where there is none of that
   *     name
   */
  public int idOf(Event event) {
    String wanted = wanted(event);
    EnerfloStatusList known = known();
    return known
        .called(wanted)
        .or(() -> Optional.of(EnerfloStatus.ON_HOLD).filter(it -> it.isCalled(wanted)))
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
      throw new PermanentFailureException("project.status-changed needs status");
    }
    return status;
  }
}
