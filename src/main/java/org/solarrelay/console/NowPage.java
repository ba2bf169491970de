package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.delivery.api.DestinationStates;

/** The page Now: how each destination is. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
public class NowPage {

  private final PageFrames frames;
  private final DestinationStates destinations;

  NowPage(PageFrames frames, DestinationStates destinations) {
    this.frames = frames;
    this.destinations = destinations;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    static native TemplateInstance now(PageFrame page, List<DestinationView> destinations);
  }

  @GET
  public TemplateInstance now() throws SQLException {
    return Templates.now(frames.of(ConsolePage.NOW), DestinationView.of(destinations.all()));
  }
}
