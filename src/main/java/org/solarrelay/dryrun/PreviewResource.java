package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.routes.RouteFileLoader;

/** What would become of a message, without sending or storing anything. */
@Path("/api/preview")
@Singleton
public class PreviewResource {

  private static final Logger LOG = Logger.getLogger(PreviewResource.class);

  private static final String EXPECTED =
      ". Send {\"webhook\":{\"source\":…,\"event\":…,\"headers\":{…},\"body\":…}}, or"
          + " {\"event\":…} with a CloudEvent or with topic, key and data, or"
          + " {\"message\":{\"topic\":…,\"key\":…,\"headers\":{…},\"body\":…}} for a route from topic:";

  private final Previews previews;
  private final Config running;
  private final ReloadableConfig live;
  private final ExternalIdReader ledger;
  private RelayConfig madeOf;
  private SmallRyeConfig settings;

  PreviewResource(
      Config running,
      ReloadableConfig live,
      RouteFileLoader routes,
      Vertx vertx,
      ExternalIdReader ledger) {
    this.previews =
        new Previews(
            java.nio.file.Path.of(live.get().routesDir()), routes::inForce, this::settings, vertx);
    this.running = running;
    this.live = live;
    this.ledger = ledger;
  }

  /**
   * The events that the message becomes, and at each destination the requests that would leave,
   * their secrets masked, or why there are none.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public String preview(byte[] body) {
    JsonNode message = parsed(body);
    try {
      JsonNode told = previews.preview(message, event -> known(event, message));
      return SecretStandIns.text(told.toString(), DryRunSettings.secretsOf(running));
    } catch (SpecException e) {
      throw badRequest(String.join("; ", e.problems()));
    } catch (TimeoutException | DryRunExecutor.BusyException e) {
      LOG.warn("A preview did not end within its time limit");
      throw new ApiProblem(
          503,
          "Service Unavailable",
          "A preview did not end within its time limit: look for a step that waits, or a loop");
    } catch (Exception e) {
      LOG.warnf(e, "A preview failed");
      throw new ApiProblem(
          500,
          "Internal Server Error",
          "The route files can not be rehearsed; GET /api/routes and the log say more");
    }
  }

  /** Used by one preview at a time. */
  private SmallRyeConfig settings() {
    RelayConfig now = live.get();
    if (now != madeOf) {
      settings = DryRunSettings.like(running);
      madeOf = now;
    }
    return settings;
  }

  private Event known(Event event, JsonNode message) {
    return Preview.completed(event, ledger.of(event), message);
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return EventJson.parse(body);
    } catch (InvalidMessageException e) {
      throw badRequest(e.getMessage());
    }
  }

  private static ApiProblem badRequest(String what) {
    return new ApiProblem(400, "Bad Request", what + EXPECTED);
  }

  @PreDestroy
  void close() {
    previews.close();
  }
}
