package org.solarrelay.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.delivery.RefusedException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Project;

/**
 * The statuses an install can have, which every company defines for itself, by name. The list of
 * Enerflo's is kept for a while. The one number that is documented, 4 for On Hold (Enerflo, How to
 * Integrate Enerflo with my CRM, 4.2), needs no list.
 */
@Singleton
@Named("enerfloStatuses")
public class EnerfloStatuses {

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Map<String, String> SAME =
      Map.of("void", "voided", "complete", "completed", "hold", "onhold");
  private static final Pattern NUMBERED = Pattern.compile("status-(\\d{1,9})");
  private static final Status ON_HOLD = new Status(4, "On Hold");

  private record Status(int id, String name) {}

  private record Listed(List<Status> statuses, long at) {}

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
    return "enerflo".equals(event.source()) && status != null && NUMBERED.matcher(status).matches();
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
              data.put("status", EnerfloInstallStatuses.wordFor(status.name()));
              data.put("statusId", Integer.toString(status.id()));
              return event.withData(data);
            })
        .orElse(event);
  }

  private Optional<Status> ofNumber(Event event) {
    Matcher number = NUMBERED.matcher(wanted(event));
    List<Status> known = listed == null ? List.of() : listed.statuses();
    return number.matches()
        ? known.stream().filter(it -> number.group(1).equals("" + it.id())).findFirst()
        : Optional.empty();
  }

  private boolean isStale() {
    Listed known = listed;
    return known == null || nanos.getAsLong() - known.at() > FRESH.toNanos();
  }

  /** Whether the list has to be asked for to name the status of an event. */
  public boolean isUnknown(Event event) {
    String wanted = new JsonFields(event.data()).text("status");
    return isStale() || wanted != null && find(listed.statuses(), wanted).isEmpty();
  }

  /**
   * Keeps Enerflo's list.
   *
   * @param body an array, bare or as {@code results}, {@code data} or {@code statuses}, of objects
   *     with {@code id} and {@code name} or {@code title}
   */
  public void learn(byte[] body) throws IOException {
    JsonNode answer = EnerfloReply.json(body);
    List<Status> statuses =
        Stream.of(answer, answer.path("results"), answer.path("data"), answer.path("statuses"))
            .filter(JsonNode::isArray)
            .findFirst()
            .stream()
            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .map(JsonFields::new)
            .filter(it -> isNumber(it.text("id")))
            .filter(it -> it.text("name", "title") != null)
            .map(it -> new Status(Integer.parseInt(it.text("id")), it.text("name", "title")))
            .toList();
    listed = new Listed(statuses, nanos.getAsLong());
  }

  /**
   * The number of the status of an event. Case, hyphens and blanks do not matter; Void and Voided,
   * Complete and Completed are the same.
   *
   * @throws RefusedException naming the statuses there are, where there is none of that name
   */
  public int idOf(Event event) {
    String wanted = wanted(event);
    List<Status> statuses = listed == null ? List.of() : listed.statuses();
    Optional<Status> found = find(statuses, wanted);
    return found
        .or(() -> find(List.of(ON_HOLD), wanted))
        .map(Status::id)
        .orElseThrow(() -> new RefusedException(unknown(wanted, statuses)));
  }

  private static String unknown(String wanted, List<Status> statuses) {
    String names = statuses.stream().map(Status::name).collect(Collectors.joining(", "));
    return "Enerflo has no install status \"%s\"; it has: %s"
        .formatted(wanted, names.isEmpty() ? "no list of them" : names);
  }

  private static String wanted(Event event) {
    String status = EventData.read(event, Project.class).status();
    if (status == null) {
      throw new RefusedException("project.status-changed needs status");
    }
    return status;
  }

  private static Optional<Status> find(List<Status> statuses, String name) {
    return statuses.stream().filter(it -> plain(it.name()).equals(plain(name))).findFirst();
  }

  private static String plain(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    return SAME.getOrDefault(letters, letters);
  }

  private static boolean isNumber(String text) {
    return text != null && text.matches("\\d{1,9}");
  }
}
