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

/** Serves {@code /api/preview}: previews a message; nothing is sent or stored. */
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
  private RelayConfig settingsSource;
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
   * Previews a message: its events, and for each destination the requests, their secrets masked, or
   * the reason why there are none.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public String preview(byte[] body) {
    JsonNode message = parsed(body);
    try {
      JsonNode json = previews.preview(message, event -> known(event, message));
      return SecretStandIns.mask(json.toString(), DryRunSettings.secretsOf(running));
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
          "The route files cannot be previewed; GET /api/routes and the log say why");
    }
  }

  /** Called by one preview at a time. */
  private SmallRyeConfig settings() {
    RelayConfig now = live.get();
    if (now != settingsSource) {
      settings = DryRunSettings.withoutSecrets(running);
      settingsSource = now;
    }
    return settings;
  }

  private Event known(Event event, JsonNode message) {
    return Preview.withKnownIds(event, ledger.of(event), message);
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
