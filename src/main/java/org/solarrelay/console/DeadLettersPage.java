package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.api.DeadLetterReplayResource;
import org.solarrelay.delivery.queue.DeadLetterGroups;
import org.solarrelay.delivery.queue.DeadLetterReplay;
import org.solarrelay.delivery.queue.DeliveryInserter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryReplay;
import org.solarrelay.dryrun.EventPreview;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;

/** The page Dead letters: groups of one cause each, their preview and their replay. */
@Path("/console/dead")
@Produces(MediaType.TEXT_HTML)
public class DeadLettersPage {

  private static final int LARGEST_REPLAY = 10_000;
  private static final int PREVIEWED = 3;

  private final PageFrames frames;
  private final CurrentUser user;
  private final ReloadableConfig live;
  private final DeadLetterGroups groups;
  private final DeliveryQueries deliveries;
  private final DeliveryReplay replays;
  private final DeadLetterReplay messages;
  private final DeadLetterReplayResource messageReplays;
  private final EventPreview previews;

  DeadLettersPage(
      PageFrames frames,
      CurrentUser user,
      ReloadableConfig live,
      DeadLetterGroups groups,
      DeliveryQueries deliveries,
      DeliveryReplay replays,
      DeadLetterReplay messages,
      DeadLetterReplayResource messageReplays,
      EventPreview previews) {
    this.frames = frames;
    this.user = user;
    this.live = live;
    this.groups = groups;
    this.deliveries = deliveries;
    this.replays = replays;
    this.messages = messages;
    this.messageReplays = messageReplays;
    this.previews = previews;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param most how many of the newest dead letters are grouped
     * @param done what the replay before has done; empty without one
     */
    static native TemplateInstance dead(
        PageFrame page, List<DeadGroupView> groups, int most, String done);

    /**
     * @param count how many the replay takes
     * @param matched how many the group has
     */
    static native TemplateInstance deadReplay(
        PageFrame page, DeadGroupView group, long count, long matched);

    static native TemplateInstance deadPreview(
        PageFrame page, DeadGroupView group, List<PreviewedDead> previews);
  }

  /** A dead delivery and what the routes in force would do with it. */
  public record PreviewedDead(
      DeliveryQueries.DeliveryEntry delivery, Optional<PreviewView> preview) {}

  /**
   * @param replayed number of deliveries or messages that a replay has sent again
   * @param superseded number of deliveries that it has skipped
   */
  @GET
  public TemplateInstance list(@RestQuery String replayed, @RestQuery String superseded)
      throws SQLException {
    return Templates.dead(
        frames.of(ConsolePage.DEAD_LETTERS),
        groups.all().stream().map(DeadGroupView::new).toList(),
        DeadLetterGroups.MOST,
        replayed == null || replayed.isEmpty() ? "" : done(replayed, superseded));
  }

  private static String done(String replayed, String superseded) {
    long skipped = superseded == null ? 0 : number("superseded", superseded);
    String text = "%d replayed".formatted(number("replayed", replayed));
    return skipped == 0 ? text + "." : "%s, %d skipped as superseded.".formatted(text, skipped);
  }

  /** Counts a group before its replay is confirmed. */
  @GET
  @Path("{group}/replay")
  public TemplateInstance confirm(@PathParam("group") String fingerprint) throws SQLException {
    DeadGroupView group = group(fingerprint);
    long matched = count(group.group());
    return Templates.deadReplay(
        frames.of(ConsolePage.DEAD_LETTERS, "Replay dead letters"),
        group,
        Math.min(matched, LARGEST_REPLAY),
        matched);
  }

  /**
   * Replays a group, the oldest first.
   *
   * @param count how many the operator has confirmed; the replay takes no more
   */
  @POST
  @Path("{group}/replay")
  public Response replay(@PathParam("group") String fingerprint, @RestQuery String count)
      throws SQLException, InterruptedException {
    int confirmed = (int) Math.min(number("count", count), LARGEST_REPLAY);
    DeadLetterGroups.Group group = group(fingerprint).group();
    if (confirmed == 0) {
      throw conflict("No dead letter was selected");
    }
    if (!group.isOfDeliveries()) {
      return replayed(messageReplays.resendAll(group.messages(), confirmed, user.get().name()), 0);
    }
    requireOn(group.destination());
    DeliveryReplay.Result result = replays.replay(group.deliveries(), confirmed, user.get().name());
    return replayed(result.replayed(), result.superseded().size());
  }

  private static Response replayed(int count, int superseded) {
    return Response.seeOther(
            URI.create(
                "%s?replayed=%d&superseded=%d"
                    .formatted(ConsolePage.DEAD_LETTERS.path(), count, superseded)))
        .build();
  }

  /** Shows what the routes in force would do with the newest deliveries of a group. */
  @GET
  @Path("{group}/preview")
  public TemplateInstance preview(@PathParam("group") String fingerprint) throws SQLException {
    user.requireOperator();
    DeadGroupView group = group(fingerprint);
    List<PreviewedDead> shown = new ArrayList<>();
    if (group.group().isOfDeliveries()) {
      for (DeliveryQueries.DeliveryEntry one :
          deliveries.find(group.group().deliveries(), PREVIEWED)) {
        Optional<PreviewView> preview =
            previews
                .delivery(one.source(), one.eventId(), one.destination(), false)
                .map(PreviewView::of);
        shown.add(new PreviewedDead(one, preview));
      }
    }
    return Templates.deadPreview(
        frames.of(ConsolePage.DEAD_LETTERS, "Preview of dead letters"), group, shown);
  }

  private DeadGroupView group(String fingerprint) throws SQLException {
    return groups
        .find(fingerprint)
        .map(DeadGroupView::new)
        .orElseThrow(
            () ->
                new ApiProblem(
                    404,
                    "Not Found",
                    "No dead letter is left of this group, or its reason differs"));
  }

  private long count(DeadLetterGroups.Group group) throws SQLException {
    return group.isOfDeliveries()
        ? replays.count(group.deliveries())
        : messages.count(group.messages());
  }

  private void requireOn(String destination) {
    String why = DeliveryInserter.unreachable(destination, live.destinations().get(destination));
    if (why != null) {
      throw conflict("Nothing can be delivered there: " + why);
    }
  }

  private static ApiProblem conflict(String detail) {
    return new ApiProblem(409, "Conflict", detail);
  }

  private static long number(String name, String text) {
    if (text == null || !text.matches("\\d{1,18}")) {
      throw new ApiProblem(400, "Bad Request", name + " is a number");
    }
    return Long.parseLong(text);
  }
}
