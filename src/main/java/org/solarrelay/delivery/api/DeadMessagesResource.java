package org.solarrelay.delivery.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeadMessages;

/** Lists messages that became dead letters before they became events. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class DeadMessagesResource {

  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private final DeadMessages messages;

  DeadMessagesResource(DeadMessages messages) {
    this.messages = messages;
  }

  /** A page of a list. */
  record Page(List<DeadMessages.DeadMessage> items, String next) {}

  /**
   * Dead messages, newest first.
   *
   * @param state dead, which is also the default: events are listed by their deliveries
   * @param cursor the {@code next} of the page before
   */
  @GET
  @Path("events")
  public Page messages(
      @RestQuery String state,
      @BeanParam DeadMessageParameters selected,
      @RestQuery String cursor,
      @RestQuery String limit)
      throws SQLException {
    if (state != null && !state.equals("dead")) {
      throw Parameters.invalid("state", "dead; GET /api/deliveries lists what became events");
    }
    DeadMessages.Filter filter = selected.filter();
    if (cursor != null) {
      DeadMessageCursor before = DeadMessageCursor.parse(cursor);
      filter = filter.after(before.at(), before.id());
    }
    int size = Parameters.limit(limit, PAGE, LARGEST_PAGE);
    // one more than asked for tells whether there is a next page
    List<DeadMessages.DeadMessage> found = messages.find(filter, size + 1);
    if (found.size() <= size) {
      return new Page(found, null);
    }
    List<DeadMessages.DeadMessage> items = found.subList(0, size);
    return new Page(items, DeadMessageCursor.of(items.get(size - 1)).text());
  }
}
