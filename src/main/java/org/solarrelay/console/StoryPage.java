package org.solarrelay.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.delivery.api.EventsResource;
import org.solarrelay.delivery.api.InboxWebhookReader;
import org.solarrelay.delivery.queue.DeadLetterReplay;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.RecordOrder;
import org.solarrelay.dryrun.StoredMessagePreview;
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

  private static final int FEW_ATTEMPTS = 50;
  private static final int MOST_ATTEMPTS = 10_000;
  private static final int FURTHER = 10;

  private final PageFrames frames;
  private final CurrentUser user;
  private final ActivityLog activities;
  private final EventsResource histories;
  private final RecordOrder order;
  private final DeliveryQueries deliveries;
  private final DeadLetterReplay messages;
  private final StoredMessagePreview previews;
  private final InboxWebhookReader webhooks;

  StoryPage(
      PageFrames frames,
      CurrentUser user,
      ActivityLog activities,
      EventsResource histories,
      RecordOrder order,
      DeliveryQueries deliveries,
      DeadLetterReplay messages,
      StoredMessagePreview previews,
      InboxWebhookReader webhooks) {
    this.frames = frames;
    this.user = user;
    this.activities = activities;
    this.histories = histories;
    this.order = order;
    this.deliveries = deliveries;
    this.messages = messages;
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
        Optional<PreviewView> preview,
        SentRequests then);

    static native TemplateInstance storyMessagePreview(
        PageFrame page, String id, MessagePreviewView preview);

    /**
     * @param webhook why the webhook is not shown; empty where it is
     */
    static native TemplateInstance storyFields(
        PageFrame page,
        String id,
        DeliveryQueries.DeliveryEntry delivery,
        String webhook,
        SentRequests then,
        FieldComparison comparison);

    static native TemplateInstance storyWebhook(
        PageFrame page, String id, Optional<WebhookView> webhook);
  }

  /**
   * @param id an event's id, a receipt, a delivery's number or a record position
   * @param attempts the maximum number of attempts per delivery; the last ones are shown
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
    TemplateInstance shown = story(id, FEW_ATTEMPTS, true, false);
    activities.record(Activity.of(user.get().name(), ActivityAction.REVEAL, SubjectKind.STORY, id));
    return shown;
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
    DeliveryQueries.DeliveryEntry delivery = delivery(number);
    boolean approved = delivery.state() == DeliveryState.HELD;
    return Templates.storyPreview(
        frames.withoutSection("What would be sent now"),
        id,
        delivery,
        previews
            .delivery(delivery.source(), delivery.eventId(), delivery.destination(), approved)
            .map(PreviewView::of),
        new SentRequests(delivery));
  }

  /** Shows what the routes in force would make of a dead message. */
  @GET
  @Path("preview")
  public TemplateInstance preview(@PathParam("id") String id) throws SQLException {
    user.requireOperator();
    MessagePreviewView preview =
        messages
            .stored(id)
            .map(previews::message)
            .map(MessagePreviewView::of)
            .orElseThrow(
                () -> new ApiProblem(404, "Not Found", "No stored message is dead with this id"));
    return Templates.storyMessagePreview(
        frames.withoutSection("What it would become now"), id, preview);
  }

  private DeliveryQueries.DeliveryEntry delivery(long number) throws SQLException {
    return deliveries
        .one(number)
        .orElseThrow(() -> new ApiProblem(404, "Not Found", "No delivery has this number"));
  }

  /** Shows the fields of the webhook, the event and the last request side by side. */
  @GET
  @Path("deliveries/{number:\\d{1,18}}/fields")
  public TemplateInstance fields(@PathParam("id") String id, @PathParam("number") long number)
      throws SQLException {
    user.requireOperator();
    DeliveryQueries.DeliveryEntry delivery = delivery(number);
    JsonNode event =
        histories.history(Long.toString(number), 1).events().stream()
            .filter(one -> one.id().equals(delivery.eventId()))
            .findFirst()
            .map(DeliveryQueries.EventEntry::data)
            .orElseThrow(() -> new ApiProblem(404, "Not Found", "The event is not stored"));
    JsonNode came = MissingNode.getInstance();
    String unknown = "";
    try {
      Optional<JsonNode> webhook =
          webhooks.find(Long.toString(number)).map(record -> WebhookView.json(record.value()));
      came = webhook.orElse(came);
      unknown = webhook.isEmpty() ? "no webhook is known" : "";
    } catch (ReceiptSearch.UnfinishedException e) {
      unknown = "the webhook cannot be read: " + e.getMessage();
    }
    SentRequests sent = new SentRequests(delivery);
    return Templates.storyFields(
        frames.withoutSection("Fields"),
        id,
        delivery,
        unknown,
        sent,
        FieldComparison.of(came, event, sent.body()));
  }

  /** Shows the unchanged webhook from which the event was made. */
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
