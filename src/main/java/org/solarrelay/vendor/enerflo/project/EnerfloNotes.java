package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloResponse;

/**
 * Finds the text of a note that a webhook only named. Enerflo lists the notes of all installs
 * together; of each, {@code note_id} is its id and {@code id} that of its install.
 */
@Singleton
@Named("enerfloNotes")
public class EnerfloNotes {

  /** How many pages are read at most. */
  static final int PAGES = 3;

  /** How long after its webhook a note is waited for. */
  private static final Duration LISTED_WITHIN = Duration.ofMinutes(10);

  /** A note is written before its webhook comes; Enerflo is known to send webhooks again. */
  private static final Duration BEFORE = Duration.ofHours(6);

  /**
   * Where the search stands.
   *
   * @param note the id of the note
   * @param since the notes written after are looked through
   * @param page the next page to read, counted from 1
   * @param pages how many there are, as far as is known
   * @param found null where it is not found yet
   */
  public record Search(String note, String since, int page, int pages, JsonNode found) {

    public boolean unfinished() {
      return found == null && page <= Math.min(pages, PAGES);
    }
  }

  private final Clock clock;

  @Inject
  public EnerfloNotes(Clock clock) {
    this.clock = clock;
  }

  /** The search for the note of an event. */
  public Search begin(Event event) {
    String since =
        event.time().toInstant().minus(BEFORE).truncatedTo(ChronoUnit.SECONDS).toString();
    return new Search(new JsonFields(event.data()).text("noteId"), since, 1, 1, null);
  }

  /** The search after another page. */
  public Search read(Search search, byte[] body) throws IOException {
    JsonNode page = EnerfloResponse.accepted(body, "its list of notes");
    for (JsonNode note : page.path("notes")) {
      if (search.note().equals(new JsonFields(note).text("note_id"))) {
        return new Search(search.note(), search.since(), search.page(), search.pages(), note);
      }
    }
    int pages = page.path("totalPages").asInt(1);
    return new Search(search.note(), search.since(), search.page() + 1, pages, null);
  }

  /**
   * The event with the text of its note.
   *
   * @throws NotReadyException where it was not found
   */
  public Event found(Search search, Event event) {
    String text = new JsonFields(search.found()).text("note");
    if (text == null) {
      boolean mayCome = event.time().isAfter(OffsetDateTime.now(clock).minus(LISTED_WITHIN));
      if (mayCome) {
        throw new NotReadyException("Enerflo does not list the note " + search.note() + " yet");
      }
      // whoever hears of it without its text can look it up; later events must not wait for it
      return event;
    }
    ObjectNode data = event.data().deepCopy().put("note", text);
    String install = new JsonFields(search.found()).text("id");
    if (install != null && !EnerfloIds.has(event, EnerfloIds.INSTALL)) {
      data.withObject("/ids").put(EnerfloIds.INSTALL, install);
    }
    return event.withData(data);
  }
}
