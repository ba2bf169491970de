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

/** Previews by the route files that are in force; what was made of them is kept. */
final class Previews implements AutoCloseable {

  /** How long one may take; the routes of deliveries end theirs before. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Path folder;
  private final Supplier<Map<String, String>> inForce;
  private final Supplier<SmallRyeConfig> settings;
  private final Vertx vertx;
  private final Duration longest;
  private final DryRunExecutor executor = new DryRunExecutor("route-previews");
  private Map<String, String> files;
  private RouteGraph graph;
  private SmallRyeConfig madeWith;
  private DryRunContextPool worlds;

  /**
   * @param folder where {@code samples/answers/} is
   * @param inForce the texts of the route files, by path
   * @param settings the same object until one of them changes
   */
  Previews(
      Path folder,
      Supplier<Map<String, String>> inForce,
      Supplier<SmallRyeConfig> settings,
      Vertx vertx) {
    this(folder, inForce, settings, vertx, LONGEST);
  }

  /**
   * @param longest how long a preview may take
   */
  Previews(
      Path folder,
      Supplier<Map<String, String>> inForce,
      Supplier<SmallRyeConfig> settings,
      Vertx vertx,
      Duration longest) {
    this.longest = longest;
    this.folder = folder;
    this.inForce = inForce;
    this.settings = settings;
    this.vertx = vertx;
  }

  /**
   * As {@link Preview#of}; one at a time, since each may take all the time of a processor.
   *
   * @throws TimeoutException where a route does not end
   * @throws DryRunExecutor.BusyException where the routes of earlier previews have not ended
   */
  synchronized ObjectNode preview(JsonNode message, UnaryOperator<Event> known) throws Exception {
    SmallRyeConfig now = settings.get();
    heedChanges(now);
    Stubs answers = new Stubs(List.of(), DefaultStubs.read(folder).as(now));
    DryRun rehearsal = new DryRun(worlds, now, answers, Instant.now());
    RelayConfig config = now.getConfigMapping(RelayConfig.class);
    Preview preview = new Preview(rehearsal, graph, config, known);
    try {
      return executor.call("A preview", longest, () -> preview.of(message));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  private void heedChanges(SmallRyeConfig settings) throws IOException {
    Map<String, String> now = inForce.get();
    if (!now.equals(files) || settings != madeWith) {
      RouteGraph changed = RouteGraph.of(now);
      close();
      graph = changed;
      worlds = new DryRunContextPool(changed, vertx);
      files = now;
      madeWith = settings;
    }
  }

  @Override
  public synchronized void close() {
    if (worlds != null) {
      worlds.close();
    }
  }
}
