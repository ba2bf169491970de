package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.queue.LedgerTail;
import org.solarrelay.event.EventType;

/** The page Live: webhooks, events and ends of deliveries as they come in. */
@Path("/console/live")
@Produces(MediaType.TEXT_HTML)
public class LivePage {

  private final PageFrames frames;
  private final ReloadableConfig live;
  private final LedgerTail ledger;

  LivePage(PageFrames frames, ReloadableConfig live, LedgerTail ledger) {
    this.frames = frames;
    this.live = live;
    this.ledger = ledger;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param pause the address of the page as it is now
     */
    static native TemplateInstance live(
        PageFrame page, LiveSelection selection, LiveChoices choices, String pause, LiveView tail);
  }

  /** The values that the fields of the filter offer. */
  public record LiveChoices(Set<String> sources, Set<String> destinations, List<String> types) {}

  /**
   * @param paused the time of the pause, with offset: the page shows nothing later. Without a pause
   *     the page renews itself
   */
  @GET
  public TemplateInstance live(
      @RestQuery String source,
      @RestQuery String type,
      @RestQuery String destination,
      @RestQuery String paused)
      throws SQLException {
    LiveSelection selection = LiveSelection.of(source, type, destination, paused);
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    return Templates.live(
        frames.of(ConsolePage.LIVE),
        selection,
        choices(),
        selection.pausedAt(now.toString()),
        LiveView.of(ledger.read(selection.paused().orElse(now)), selection));
  }

  private LiveChoices choices() {
    return new LiveChoices(
        new TreeSet<>(live.get().sources().keySet()),
        new TreeSet<>(live.destinations().keySet()),
        Stream.of(EventType.values()).map(EventType::id).sorted().toList());
  }
}
