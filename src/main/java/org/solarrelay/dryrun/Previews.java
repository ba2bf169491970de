package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.Event;

/** Previews messages with the route files in force; keeps their contexts for the next message. */
final class Previews implements AutoCloseable {

  /** How long a preview may take; a delivery's route ends earlier. */
  private static final Duration MAX_DURATION = Duration.ofSeconds(60);

  private final Path folder;
  private final Supplier<Map<String, String>> inForce;
  private final Supplier<SmallRyeConfig> settings;
  private final Vertx vertx;
  private final Duration maxDuration;
  private final DryRunExecutor executor = new DryRunExecutor("route-previews");
  private Map<String, String> files;
  private RouteGraph graph;
  private SmallRyeConfig contextSettings;
  private DryRunContextPool contexts;

  /**
   * @param folder where {@code samples/answers/} is
   * @param inForce the texts of the route files, by path
   * @param settings supplies the same object until a setting changes
   */
  Previews(
      Path folder,
      Supplier<Map<String, String>> inForce,
      Supplier<SmallRyeConfig> settings,
      Vertx vertx) {
    this(folder, inForce, settings, vertx, MAX_DURATION);
  }

  /**
   * @param maxDuration how long a preview may take
   */
  Previews(
      Path folder,
      Supplier<Map<String, String>> inForce,
      Supplier<SmallRyeConfig> settings,
      Vertx vertx,
      Duration maxDuration) {
    this.maxDuration = maxDuration;
    this.folder = folder;
    this.inForce = inForce;
    this.settings = settings;
    this.vertx = vertx;
  }

  /**
   * Previews as {@link Preview#of}, one message at a time, because each may occupy a CPU.
   *
   * @throws TimeoutException if a route does not end
   * @throws DryRunExecutor.BusyException if the routes of earlier previews have not ended
   */
  synchronized ObjectNode preview(JsonNode message, UnaryOperator<Event> known) throws Exception {
    SmallRyeConfig now = settings.get();
    reloadIfChanged(now);
    Stubs stubs = new Stubs(List.of(), DefaultStubs.read(folder).as(now));
    DryRun dryRun = new DryRun(contexts, now, stubs, Instant.now());
    RelayConfig config = now.getConfigMapping(RelayConfig.class);
    Preview preview = new Preview(dryRun, graph, config, known);
    try {
      return executor.call("A preview", maxDuration, () -> preview.of(message));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  private void reloadIfChanged(SmallRyeConfig settings) throws IOException {
    Map<String, String> now = inForce.get();
    if (!now.equals(files) || settings != contextSettings) {
      RouteGraph changed = RouteGraph.of(now);
      close();
      graph = changed;
      contexts = new DryRunContextPool(changed, vertx);
      files = now;
      contextSettings = settings;
    }
  }

  @Override
  public synchronized void close() {
    if (contexts != null) {
      contexts.close();
    }
  }
}
