package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.api.DeliveryParameters;
import org.solarrelay.delivery.api.ReplayResource;
import org.solarrelay.delivery.api.ResultPage;
import org.solarrelay.delivery.queue.BulkReplayRunner;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.event.EventType;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;

/**
 * The page Deliveries: a list with filters in the address, and the replay of all deliveries that
 * the filter selects. {@link DeliveriesExport} writes the same list to a file.
 */
@Path("/console/deliveries")
@Produces(MediaType.TEXT_HTML)
public class DeliveriesPage {

  private static final int SIZE = 50;
  private static final int LARGEST_REPLAY = 10_000;
  private static final String YES = "true";
  private static final String NO = "false";

  private final PageFrames frames;
  private final CurrentUser user;
  private final ReloadableConfig live;
  private final DeliveryQueries deliveries;
  private final ReplayResource replays;
  private final BulkReplayRunner bulkReplays;

  DeliveriesPage(
      PageFrames frames,
      CurrentUser user,
      ReloadableConfig live,
      DeliveryQueries deliveries,
      ReplayResource replays,
      BulkReplayRunner bulkReplays) {
    this.frames = frames;
    this.user = user;
    this.live = live;
    this.deliveries = deliveries;
    this.replays = replays;
    this.bulkReplays = bulkReplays;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param replayable whether an operator may replay deliveries of the filter
     * @param next the cursor of the next page; empty on the last one
     */
    static native TemplateInstance deliveries(
        PageFrame page,
        FilterFields filter,
        boolean replayable,
        FilterChoices choices,
        List<DeliveryQueries.DeliveryEntry> deliveries,
        boolean first,
        String next);

    /**
     * @param count how many deliveries the replay takes
     * @param matched how many deliveries match
     */
    static native TemplateInstance deliveriesReplay(
        PageFrame page, FilterFields filter, long count, long matched);
  }

  /** The values that the fields of the filter offer. */
  public record FilterChoices(
      Set<String> destinations, DeliveryState[] states, List<String> types) {}

  /**
   * @param cursor of the page before; empty on the first page
   */
  @GET
  public TemplateInstance list(@BeanParam DeliveryParameters given, @RestQuery String cursor)
      throws SQLException {
    DeliverySelection selection = DeliverySelection.of(given);
    boolean first = cursor == null || cursor.isEmpty();
    Long before = first ? null : Long.valueOf(FilterFields.number("cursor", cursor));
    ResultPage<DeliveryQueries.DeliveryEntry> found =
        ResultPage.of(
            deliveries.list(selection.parameters().filter().before(before), SIZE + 1),
            SIZE,
            last -> Long.toString(last.id()));
    return Templates.deliveries(
        frames.of(ConsolePage.DELIVERIES),
        selection.fields(),
        selection.isReplayable(),
        choices(),
        found.items(),
        first,
        found.next().orElse(""));
  }

  private FilterChoices choices() {
    return new FilterChoices(
        new TreeSet<>(live.destinations().keySet()),
        DeliveryState.values(),
        List.of(EventType.values()).stream().map(EventType::id).sorted().toList());
  }

  /** Counts the deliveries of a replay before it is confirmed. */
  @GET
  @Path("replay")
  public TemplateInstance confirm(@BeanParam DeliveryParameters given)
      throws SQLException, InterruptedException {
    DeliverySelection selection = DeliverySelection.of(given);
    ReplayResource.Counted counted =
        replays.many(
            selection.parameters(),
            Integer.toString(LARGEST_REPLAY),
            NO,
            YES,
            NO,
            user.get().name());
    return Templates.deliveriesReplay(
        frames.of(ConsolePage.DELIVERIES, "Replay deliveries"),
        selection.fields(),
        Math.min(counted.matched(), LARGEST_REPLAY),
        counted.matched());
  }

  /**
   * Begins to replay the deliveries of the filter.
   *
   * @param count how many the operator has confirmed; the replay takes no more
   */
  @POST
  @Path("replay")
  public Response replay(@BeanParam DeliveryParameters given, @RestQuery String count)
      throws SQLException, InterruptedException {
    DeliverySelection selection = DeliverySelection.of(given);
    long confirmed = FilterFields.number("count", count);
    if (confirmed == 0) {
      throw new ApiProblem(409, "Conflict", "No delivery was selected");
    }
    ReplayResource.Counted begun =
        replays.many(
            selection.parameters(), Long.toString(confirmed), NO, NO, NO, user.get().name());
    return ReplayPage.begin(bulkReplays, begun.id().orElseThrow());
  }
}
