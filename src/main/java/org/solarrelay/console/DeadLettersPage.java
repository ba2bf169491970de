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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.api.DeadGroupsResource;
import org.solarrelay.delivery.queue.BulkReplay;
import org.solarrelay.delivery.queue.BulkReplayRepository;
import org.solarrelay.delivery.queue.BulkReplayRunner;
import org.solarrelay.delivery.queue.BulkReplayState;
import org.solarrelay.delivery.queue.DeadLetterGroups;
import org.solarrelay.delivery.queue.DeadLetterReplay;
import org.solarrelay.delivery.queue.DeliveryInserter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryReplay;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.dryrun.StoredMessagePreview;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.OperatorReason;

/**
 * The page Dead letters: groups of one cause each, their preview, their replay and their
 * acknowledgement.
 */
@Path("/console/dead")
@Produces(MediaType.TEXT_HTML)
public class DeadLettersPage {

  private static final int LARGEST_REPLAY = 10_000;
  private static final int PREVIEWED = 3;
  private static final int RUNNING_SHOWN = 5;

  private final PageFrames frames;
  private final CurrentUser user;
  private final ReloadableConfig live;
  private final DeadLetterGroups groups;
  private final DeliveryQueries deliveries;
  private final DeliveryReplay replays;
  private final DeadLetterReplay messages;
  private final BulkReplayRunner bulkReplays;
  private final BulkReplayRepository replayProgress;
  private final DeadGroupsResource acknowledgements;
  private final StoredMessagePreview previews;

  DeadLettersPage(
      PageFrames frames,
      CurrentUser user,
      ReloadableConfig live,
      DeadLetterGroups groups,
      DeliveryQueries deliveries,
      DeliveryReplay replays,
      DeadLetterReplay messages,
      BulkReplayRunner bulkReplays,
      BulkReplayRepository replayProgress,
      DeadGroupsResource acknowledgements,
      StoredMessagePreview previews) {
    this.frames = frames;
    this.user = user;
    this.live = live;
    this.groups = groups;
    this.deliveries = deliveries;
    this.replays = replays;
    this.messages = messages;
    this.bulkReplays = bulkReplays;
    this.replayProgress = replayProgress;
    this.acknowledgements = acknowledgements;
    this.previews = previews;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param most how many of the newest dead letters are grouped
     * @param running the newest bulk replays that run
     */
    static native TemplateInstance dead(
        PageFrame page, List<DeadGroupView> groups, int most, List<ReplayView> running);

    /**
     * @param count how many dead letters the replay takes
     * @param matched how many dead letters the group has
     */
    static native TemplateInstance deadReplay(
        PageFrame page, DeadGroupView group, long count, long matched);

    static native TemplateInstance deadPreview(
        PageFrame page,
        DeadGroupView group,
        List<PreviewedDead> previews,
        List<PreviewedMessage> messages);
  }

  /** A dead delivery and what the routes in force would do with it. */
  public record PreviewedDead(
      DeliveryQueries.DeliveryEntry delivery, Optional<PreviewView> preview) {}

  /**
   * A dead message and what the routes in force would make of it.
   *
   * @param preview empty where the database does not have the bytes of the message
   */
  public record PreviewedMessage(
      DeadLetterReplay.DeadMessage message, Optional<MessagePreviewView> preview) {}

  @GET
  public TemplateInstance list() throws SQLException {
    return Templates.dead(
        frames.of(ConsolePage.DEAD_LETTERS),
        groups.all().stream().map(DeadGroupView::of).toList(),
        DeadLetterGroups.MOST,
        replayProgress
            .find(Optional.of(BulkReplayState.RUNNING), Long.MAX_VALUE, RUNNING_SHOWN)
            .stream()
            .map(ReplayView::new)
            .toList());
  }

  /**
   * Records that the operator knows of a group.
   *
   * @param note may be blank
   */
  @POST
  @Path("{group}/acknowledge")
  public Response acknowledge(@PathParam("group") String fingerprint, @RestForm String note)
      throws SQLException {
    acknowledgements.acknowledge(fingerprint, user.get().name(), OperatorReason.line("note", note));
    return toList();
  }

  @POST
  @Path("{group}/reopen")
  public Response reopen(@PathParam("group") String fingerprint) throws SQLException {
    acknowledgements.reopen(fingerprint, user.get().name());
    return toList();
  }

  private static Response toList() {
    return Response.seeOther(URI.create(ConsolePage.DEAD_LETTERS.path())).build();
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
   * Begins to replay a group, the oldest first.
   *
   * @param count how many the operator has confirmed; the replay takes no more
   */
  @POST
  @Path("{group}/replay")
  public Response replay(@PathParam("group") String fingerprint, @RestQuery String count)
      throws SQLException, InterruptedException {
    int confirmed = (int) Math.min(FilterFields.number("count", count), LARGEST_REPLAY);
    DeadGroupView group = group(fingerprint);
    if (confirmed == 0) {
      throw conflict("No dead letter was selected");
    }
    BulkReplay replay = create(group, confirmed, user.get().name());
    return ReplayPage.begin(bulkReplays, replay.id());
  }

  private BulkReplay create(DeadGroupView view, int limit, String by) throws SQLException {
    DeadLetterGroups.Group group = view.group();
    String words = "%s, fingerprint %s".formatted(view.place(), group.fingerprint());
    if (!group.isOfDeliveries()) {
      return bulkReplays.create(group.messages(), words, limit, by);
    }
    requireOn(group.cause().destination());
    return bulkReplays.create(group.deliveries(), DeliveryState.DEAD, words, limit, by);
  }

  /** Shows what the routes in force would do with the newest dead letters of a group. */
  @GET
  @Path("{group}/preview")
  public TemplateInstance preview(@PathParam("group") String fingerprint) throws SQLException {
    user.requireOperator();
    DeadGroupView group = group(fingerprint);
    boolean ofDeliveries = group.group().isOfDeliveries();
    return Templates.deadPreview(
        frames.of(ConsolePage.DEAD_LETTERS, "Preview of dead letters"),
        group,
        ofDeliveries ? previewedDeliveries(group) : List.of(),
        ofDeliveries ? List.of() : previewedMessages(group));
  }

  private List<PreviewedDead> previewedDeliveries(DeadGroupView group) throws SQLException {
    List<PreviewedDead> previewed = new ArrayList<>();
    for (DeliveryQueries.DeliveryEntry one :
        deliveries.list(group.group().deliveries(), PREVIEWED)) {
      Optional<PreviewView> preview =
          previews
              .delivery(one.source(), one.eventId(), one.destination(), false)
              .map(PreviewView::of);
      previewed.add(new PreviewedDead(one, preview));
    }
    return previewed;
  }

  private List<PreviewedMessage> previewedMessages(DeadGroupView group) throws SQLException {
    List<PreviewedMessage> previewed = new ArrayList<>();
    for (DeadLetterReplay.DeadMessage one : messages.find(group.group().messages(), PREVIEWED)) {
      Optional<MessagePreviewView> preview =
          messages.stored(one.id()).map(previews::message).map(MessagePreviewView::of);
      previewed.add(new PreviewedMessage(one, preview));
    }
    return previewed;
  }

  private DeadGroupView group(String fingerprint) throws SQLException {
    return groups
        .find(fingerprint)
        .map(DeadGroupView::of)
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
}
