package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.api.EventsResource;
import org.solarrelay.delivery.api.InboxWebhookReader;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.RecordOrder;
import org.solarrelay.dryrun.EventPreview;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.ForViewers;
import org.solarrelay.topic.client.ReceiptSearch;

/**
 * The page of a message: its events, and every attempt to deliver them. {@link StoryActions} acts
 * on its deliveries.
 */
@Path("/console/events/{id}")
@Produces(MediaType.TEXT_HTML)
public class StoryPage {

  private static final Logger LOG = Logger.getLogger(StoryPage.class);
  private static final int FEW_ATTEMPTS = 50;
  private static final int MOST_ATTEMPTS = 10_000;
  private static final int FURTHER = 10;

  private final PageFrames frames;
  private final CurrentUser user;
  private final EventsResource histories;
  private final RecordOrder order;
  private final DeliveryQueries deliveries;
  private final EventPreview previews;
  private final InboxWebhookReader webhooks;

  StoryPage(
      PageFrames frames,
      CurrentUser user,
      EventsResource histories,
      RecordOrder order,
      DeliveryQueries deliveries,
      EventPreview previews,
      InboxWebhookReader webhooks) {
    this.frames = frames;
    this.user = user;
    this.histories = histories;
    this.order = order;
    this.deliveries = deliveries;
    this.previews = previews;
    this.webhooks = webhooks;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param live whether the browser may load the page again by itself
     * @param more how many attempts of each delivery the next longer page shows
     */
    static native TemplateInstance story(PageFrame page, StoryView story, boolean live, int more);

    static native TemplateInstance storyPreview(
        PageFrame page,
        String id,
        DeliveryQueries.DeliveryEntry delivery,
        Optional<PreviewView> preview);

    static native TemplateInstance storyWebhook(
        PageFrame page, String id, Optional<WebhookView> webhook);
  }

  /**
   * @param id an event's id, a receipt, a delivery's number or a record position
   * @param attempts how many attempts of each delivery to show, the last ones
   */
  @GET
  public TemplateInstance story(@PathParam("id") String id, @RestQuery String attempts)
      throws SQLException {
    return story(id, attempts(attempts), user.get().isOperator(), true);
  }

  /** Shows the personal data of a story to a viewer. */
  @POST
  @Path("show")
  @ForViewers
  public TemplateInstance show(@PathParam("id") String id) throws SQLException {
    LOG.infof("%s shows the personal data of the story %s", user.get().name(), id);
    return story(id, FEW_ATTEMPTS, true, false);
  }

  private TemplateInstance story(String id, int attempts, boolean full, boolean live)
      throws SQLException {
    DeliveryQueries.MessageHistory history = histories.history(id, attempts);
    StoryView story = StoryView.of(history, order.firstBefore(StoryView.unfinished(history)), full);
    return Templates.story(
        frames.withoutSection(story.title()),
        story,
        live,
        Math.min(attempts * FURTHER, MOST_ATTEMPTS));
  }

  private static int attempts(String text) {
    if (text == null || text.isEmpty()) {
      return FEW_ATTEMPTS;
    }
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MOST_ATTEMPTS) {
      throw new ApiProblem(
          400, "Bad Request", "attempts is a number up to %d".formatted(MOST_ATTEMPTS));
    }
    return Integer.parseInt(text);
  }

  /** Shows the requests that the routes in force would send for a delivery. */
  @GET
  @Path("deliveries/{number:\\d{1,18}}/preview")
  public TemplateInstance preview(@PathParam("id") String id, @PathParam("number") long number)
      throws SQLException {
    user.requireOperator();
    DeliveryQueries.DeliveryEntry delivery =
        deliveries.find(DeliveryFilter.one(number), 1).stream()
            .findFirst()
            .orElseThrow(() -> new ApiProblem(404, "Not Found", "No delivery has this number"));
    boolean approved = delivery.state() == DeliveryState.HELD;
    return Templates.storyPreview(
        frames.withoutSection("What would be sent now"),
        id,
        delivery,
        previews
            .delivery(delivery.source(), delivery.eventId(), delivery.destination(), approved)
            .map(PreviewView::of));
  }

  /** Shows the webhook that the event is made of, as it came. */
  @GET
  @Path("webhook")
  public TemplateInstance webhook(@PathParam("id") String id) throws SQLException {
    user.requireOperator();
    try {
      return Templates.storyWebhook(
          frames.withoutSection("Webhook"), id, webhooks.find(id).map(WebhookView::of));
    } catch (ReceiptSearch.UnfinishedException e) {
      throw new ApiProblem(
          503, "Service Unavailable", "The webhook cannot be read: " + e.getMessage());
    }
  }
}
