package org.solarrelay.delivery.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeadLetterReplay;
import org.solarrelay.delivery.queue.MessageState;

/** Lists dead messages, which failed before they became events. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class DeadMessagesResource {

  private final DeadLetterReplay messages;

  DeadMessagesResource(DeadLetterReplay messages) {
    this.messages = messages;
  }

  /**
   * Lists dead messages, newest first.
   *
   * @param state only {@code dead}, which is also the default; {@code GET /api/deliveries} lists
   *     events
   * @param cursor the {@code next} of the previous page
   */
  @GET
  @Path("events")
  public ResultPage<DeadLetterReplay.DeadMessage> messages(
      @RestQuery String state,
      @BeanParam DeadMessageParameters selected,
      @RestQuery String cursor,
      @RestQuery String limit)
      throws SQLException {
    if (state != null && !state.equals(MessageState.DEAD.text())) {
      throw QueryParameters.invalid(
          "state", "dead; GET /api/deliveries lists the deliveries of events");
    }
    DeadLetterReplay.Filter filter = selected.filter();
    if (cursor != null) {
      Cursor before = Cursor.parse(cursor);
      filter = filter.after(before.at(), before.id());
    }
    int size = ResultPage.size(limit);
    List<DeadLetterReplay.DeadMessage> found = messages.find(filter, size + 1);
    return ResultPage.of(found, size, last -> Cursor.of(last).text());
  }

  /** The position after the last message of a page. Its text is the page's {@code next}. */
  private record Cursor(OffsetDateTime at, String id) {

    private static final String SEPARATOR = " ";

    private static Cursor of(DeadLetterReplay.DeadMessage last) {
      return new Cursor(last.at(), last.id());
    }

    private static Cursor parse(String text) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, 2);
        return new Cursor(OffsetDateTime.parse(parts[0]), parts[1]);
      } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
        throw QueryParameters.invalid("cursor", "the next of the previous page");
      }
    }

    private String text() {
      String plain = at + SEPARATOR + id;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
  }
}
