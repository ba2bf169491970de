package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.api.RejectedWebhookParameters;
import org.solarrelay.delivery.api.RejectedWebhooksResource;
import org.solarrelay.delivery.api.ResultPage;
import org.solarrelay.intake.RejectedWebhookRepository;
import org.solarrelay.intake.RejectionReason;

/** The page of the newest rejected webhooks, which {@link NowPage} leads to. */
@Path(RejectedWebhooksPage.PATH)
@Produces(MediaType.TEXT_HTML)
public class RejectedWebhooksPage {

  static final String PATH = "/console/rejected";

  private static final String SIZE = "50";

  private final PageFrames frames;
  private final RejectedWebhooksResource webhooks;

  RejectedWebhooksPage(PageFrames frames, RejectedWebhooksResource webhooks) {
    this.frames = frames;
    this.webhooks = webhooks;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param first whether it is the page of the newest ones
     * @param next the cursor of the next page; empty on the last one
     */
    static native TemplateInstance rejected(
        PageFrame page,
        FilterFields filter,
        RejectionReason[] reasons,
        List<RejectedWebhookRepository.RejectedEntry> webhooks,
        int kept,
        boolean first,
        String next);
  }

  /**
   * @param cursor of the page before; empty on the first page
   */
  @GET
  public TemplateInstance list(@BeanParam RejectedWebhookParameters given, @RestQuery String cursor)
      throws SQLException {
    RejectedWebhookParameters selected =
        new RejectedWebhookParameters(
            FilterFields.present(given.source()),
            FilterFields.present(given.reason()),
            FilterFields.time(given.since()),
            FilterFields.time(given.until()));
    String after = FilterFields.present(cursor);
    ResultPage<RejectedWebhookRepository.RejectedEntry> found =
        webhooks.list(selected, after, SIZE);
    return Templates.rejected(
        frames.of(ConsolePage.NOW, "Rejected webhooks"),
        FilterFields.none()
            .with("source", selected.source())
            .with("reason", selected.reason())
            .with("since", selected.since())
            .with("until", selected.until()),
        RejectionReason.values(),
        found.items(),
        RejectedWebhookRepository.KEPT,
        after == null,
        found.next().orElse(""));
  }

  /** The path of the list of one source and reason. */
  static String path(RejectedWebhookRepository.Summary rejected) {
    return PATH
        + "?"
        + FilterFields.none()
            .with("source", rejected.source())
            .with("reason", rejected.reason())
            .query();
  }
}
