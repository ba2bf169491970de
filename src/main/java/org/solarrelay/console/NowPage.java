package org.solarrelay.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.solarrelay.delivery.queue.DeadGroupState;
import org.solarrelay.delivery.queue.DeadLetterGroups;
import org.solarrelay.delivery.queue.QueueDepth;
import org.solarrelay.intake.RejectedWebhookRepository;
import org.solarrelay.routes.RouteFileLoader;
import org.solarrelay.routes.RoutesResource;

/** The page Now: what needs an action, the pipeline, and the state of each destination. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
public class NowPage {

  /**
   * The maximum number of groups in the list, which are the open ones with the newest dead letters.
   */
  private static final int MOST_GROUPS = 5;

  /** The list shows the webhooks that were rejected since. */
  private static final Duration RECENT = Duration.ofDays(1);

  private final PageFrames frames;
  private final DestinationReader destinations;
  private final DeadLetterGroups deadLetters;
  private final QueueDepth queue;
  private final RejectedWebhookRepository rejections;
  private final RouteFileLoader files;
  private final RoutesResource routes;
  private final MeterRegistry metrics;
  private final SharedResult<Figures> figures;

  NowPage(
      PageFrames frames,
      DestinationReader destinations,
      DeadLetterGroups deadLetters,
      QueueDepth queue,
      RejectedWebhookRepository rejections,
      RouteFileLoader files,
      RoutesResource routes,
      MeterRegistry metrics) {
    this.frames = frames;
    this.destinations = destinations;
    this.deadLetters = deadLetters;
    this.queue = queue;
    this.rejections = rejections;
    this.files = files;
    this.routes = routes;
    this.metrics = metrics;
    this.figures = SharedResult.ofRequestsAtOnce(this::read);
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param actions what somebody has to act on; empty where there is nothing
     * @param objective of all destinations, then of each
     */
    static native TemplateInstance now(
        PageFrame page,
        List<NeededAction> actions,
        PipelineView pipeline,
        List<ObjectiveView> objective,
        List<DestinationTile> destinations);
  }

  /**
   * Something that somebody has to act on.
   *
   * @param text in words
   * @param path of the page where to act
   * @param last when it last happened; empty where the time does not matter
   */
  public record NeededAction(String text, String path, Optional<OffsetDateTime> last) {

    NeededAction(String text, String path) {
      this(text, path, Optional.empty());
    }
  }

  /** What the page shows, the same for all users. */
  private record Figures(
      List<NeededAction> actions,
      PipelineView pipeline,
      List<ObjectiveView> objective,
      List<DestinationTile> destinations) {}

  @GET
  public TemplateInstance now() throws SQLException {
    Figures shown = figures.get();
    return Templates.now(
        frames.of(ConsolePage.NOW),
        shown.actions(),
        shown.pipeline(),
        shown.objective(),
        shown.destinations());
  }

  private Figures read() throws SQLException {
    List<DestinationView> all = destinations.all();
    return new Figures(
        actions(),
        PipelineView.of(
            routes.routes().routes(), all.stream().map(DestinationView::state).toList(), metrics),
        destinations.objectives(),
        destinations.tiles(all));
  }

  private List<NeededAction> actions() throws SQLException {
    List<NeededAction> actions = new ArrayList<>();
    List<DeadLetterGroups.Group> groups =
        deadLetters.all().stream().filter(group -> group.state() == DeadGroupState.OPEN).toList();
    groups.stream().limit(MOST_GROUPS).map(NowPage::action).forEach(actions::add);
    if (groups.size() > MOST_GROUPS) {
      String more = Counts.of(groups.size() - MOST_GROUPS, "more group", "more groups");
      actions.add(new NeededAction(more + " of dead letters", ConsolePage.DEAD_LETTERS.path()));
    }
    new TreeMap<>(queue.held())
        .forEach(
            (destination, count) ->
                actions.add(
                    new NeededAction(
                        "%s to %s awaiting approval"
                            .formatted(Counts.of(count, "delivery", "deliveries"), destination),
                        "%s?destination=%s&state=held"
                            .formatted(
                                ConsolePage.DELIVERIES.path(),
                                ConsoleText.urlEncoded(destination)))));
    rejections.summary(OffsetDateTime.now().minus(RECENT)).stream()
        .map(NowPage::action)
        .forEach(actions::add);
    if (files.rejected() > 0) {
      actions.add(
          new NeededAction(
              Counts.of(files.rejected(), "route file", "route files") + " rejected",
              ConsolePage.ROUTES.path()));
    }
    return actions;
  }

  private static NeededAction action(RejectedWebhookRepository.Summary rejected) {
    return new NeededAction(
        "%s of %s rejected: %s"
            .formatted(
                Counts.of(rejected.count(), "webhook", "webhooks"),
                rejected.source(),
                rejected.reason()),
        RejectedWebhooksPage.path(rejected),
        Optional.of(rejected.last()));
  }

  private static NeededAction action(DeadLetterGroups.Group group) {
    DeadGroupView view = DeadGroupView.of(group);
    return new NeededAction(
        "%s dead in %s: %s"
            .formatted(
                view.counted(group.count()), view.place(), PersonalDataMask.masked(group.reason())),
        ConsolePage.DEAD_LETTERS.path());
  }
}
