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
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityQueries;
import org.solarrelay.delivery.api.ActivityParameters;
import org.solarrelay.delivery.api.ActivityResource;
import org.solarrelay.delivery.api.ResultPage;

/** The page Activity: who did what, newest first, with filters in the address. */
@Path("/console/activity")
@Produces(MediaType.TEXT_HTML)
public class ActivityPage {

  private static final String SIZE = "50";

  private final PageFrames frames;
  private final ActivityResource activities;

  ActivityPage(PageFrames frames, ActivityResource activities) {
    this.frames = frames;
    this.activities = activities;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param first whether it is the page of the newest ones
     * @param next the cursor of the next page; empty on the last one
     */
    static native TemplateInstance activity(
        PageFrame page,
        FilterFields filter,
        ActivityAction[] actions,
        List<ActivityView> activities,
        boolean first,
        String next);
  }

  /**
   * @param cursor of the page before; empty on the first page
   */
  @GET
  public TemplateInstance list(@BeanParam ActivityParameters given, @RestQuery String cursor)
      throws SQLException {
    ActivityParameters selected =
        new ActivityParameters(
            FilterFields.time(given.since()),
            FilterFields.time(given.until()),
            FilterFields.present(given.who()),
            FilterFields.present(given.action()));
    String after = FilterFields.present(cursor);
    ResultPage<ActivityQueries.ActivityEntry> found = activities.list(selected, after, SIZE);
    return Templates.activity(
        frames.of(ConsolePage.ACTIVITY),
        FilterFields.none()
            .with("since", selected.since())
            .with("until", selected.until())
            .with("who", selected.who())
            .with("action", selected.action()),
        ActivityAction.values(),
        found.items().stream().map(ActivityView::new).toList(),
        after == null,
        found.next().orElse(""));
  }
}
