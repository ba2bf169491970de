package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
 * Finds the text of a note of which the webhook has only the id. Enerflo lists the notes of all
 * installs together: {@code note_id} is the note's id, {@code id} the install's.
 */
@Singleton
@Named("enerfloNotes")
public class EnerfloNotes {

  /** The maximum number of pages to read. */
  static final int PAGES = 3;

  /** How long after its webhook a note may be missing in the list. */
  private static final Duration LISTED_WITHIN = Duration.ofMinutes(10);

  /** How long before its webhook a note may be written: Enerflo sends some webhooks late. */
  private static final Duration MAX_DELAY = Duration.ofHours(6);

  /**
   * The state of a search.
   *
   * @param note the id of the note
   * @param since the search covers notes after this time, ISO 8601
   * @param page the next page to read, from 1
   * @param pages the number of pages in the latest response
   * @param found the note; a {@link MissingNode} until it is found
   */
  public record Search(String note, String since, int page, int pages, JsonNode found) {

    Search withFound(JsonNode found) {
      return new Search(note, since, page, pages, found);
    }

    Search nextPage(int pages) {
      return new Search(note, since, page + 1, pages, found);
    }

    /** Whether another page has to be read. */
    public boolean unfinished() {
      return found.isMissingNode() && page <= Math.min(pages, PAGES);
    }
  }

  private final Clock clock;

  @Inject
  public EnerfloNotes(Clock clock) {
    this.clock = clock;
  }

  /** Starts the search for an event's note. */
  public Search begin(Event event) {
    String since =
        event.time().toInstant().minus(MAX_DELAY).truncatedTo(ChronoUnit.SECONDS).toString();
    String note = new JsonFields(event.data()).text("noteId");
    return new Search(note, since, 1, 1, MissingNode.getInstance());
  }

  /** The search after reading a page. */
  public Search read(Search search, byte[] body) throws IOException {
    JsonNode page = EnerfloResponse.accepted(body, "the request for notes");
    for (JsonNode note : page.path("notes")) {
      if (search.note().equals(new JsonFields(note).text("note_id"))) {
        return search.withFound(note);
      }
    }
    return search.nextPage(page.path("totalPages").asInt(1));
  }

  /**
   * The event with the text of its note. If Enerflo has not listed the note for ten minutes, the
   * event stays without text, so that later events of the record are not delayed.
   *
   * @throws NotReadyException if the note was not found, and may be listed later
   */
  public Event found(Search search, Event event) {
    String text = new JsonFields(search.found()).text("note");
    if (text == null) {
      boolean mayAppear = event.time().isAfter(OffsetDateTime.now(clock).minus(LISTED_WITHIN));
      if (mayAppear) {
        throw new NotReadyException("Enerflo does not list the note " + search.note() + " yet");
      }
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
