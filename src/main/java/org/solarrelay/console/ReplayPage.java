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
import java.time.Duration;
import org.solarrelay.delivery.api.BulkReplaysResource;
import org.solarrelay.delivery.queue.BulkReplay;
import org.solarrelay.delivery.queue.BulkReplayRunner;
import org.solarrelay.ops.access.CurrentUser;

/** The page of a bulk replay: its progress, and a button that stops the replay. */
@Path("/console/replays/{id}")
@Produces(MediaType.TEXT_HTML)
public class ReplayPage {

  private static final Duration BRIEFLY = Duration.ofMillis(300);

  private final PageFrames frames;
  private final CurrentUser user;
  private final BulkReplaysResource replays;

  ReplayPage(PageFrames frames, CurrentUser user, BulkReplaysResource replays) {
    this.frames = frames;
    this.user = user;
    this.replays = replays;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    static native TemplateInstance replay(PageFrame page, ReplayView replay);
  }

  @GET
  public TemplateInstance progress(@PathParam("id") String id) throws SQLException {
    BulkReplay replay = replays.one(id);
    ConsolePage section =
        switch (replay.what()) {
          case DELIVERIES -> ConsolePage.DELIVERIES;
          case MESSAGES -> ConsolePage.DEAD_LETTERS;
        };
    return Templates.replay(frames.of(section, "Replay " + replay.id()), new ReplayView(replay));
  }

  @POST
  @Path("stop")
  public Response stop(@PathParam("id") String id) throws SQLException {
    return redirect(replays.stop(id, user.get().name()).id());
  }

  /**
   * Begins a replay and redirects to its page. A small replay has ended by then, so that the page
   * needs no renewal.
   */
  static Response begin(BulkReplayRunner runner, long id)
      throws SQLException, InterruptedException {
    runner.runFor(id, BRIEFLY);
    return redirect(id);
  }

  private static Response redirect(long id) {
    return Response.seeOther(URI.create("/console/replays/" + id)).build();
  }
}
