package org.solarrelay.dryrun;

import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.solarrelay.config.DestinationEntry;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.routes.FailedStep;
import org.solarrelay.routes.lint.DestinationsFile;
import org.solarrelay.routes.lint.FolderFiles;

/** Runs specs, each in worlds of its own: no Kafka, no database, no vendor, no waiting. */
final class SpecRun implements AutoCloseable {

  private final Map<String, String> files;
  private final RouteGraph routes;
  private final List<DestinationEntry> destinations;
  private final DefaultStubs usualAnswers;
  private final Path samples;
  private final Map<Map<String, String>, SmallRyeConfig> settings = new ConcurrentHashMap<>();
  private final DryRunContextPool worlds;
  private final Vertx vertx;
  private final boolean ownVertx;

  /**
   * Of a folder, as a process of its own.
   *
   * @param folder of the route files
   * @throws IOException where they can not be read
   */
  SpecRun(Path folder) throws IOException {
    this(folder, FolderFiles.read(folder));
  }

  /**
   * Of other files than those of the folder, as a process of its own.
   *
   * @param folder where {@code samples/} is
   * @param files text by path
   * @throws IOException where one of them, or of {@code samples/answers/}, cannot be read
   */
  SpecRun(Path folder, Map<String, String> files) throws IOException {
    this(folder, files, Vertx.vertx(), true);
  }

  /**
   * Within the running program.
   *
   * @param vertx the program's
   */
  SpecRun(Path folder, Map<String, String> files, Vertx vertx) throws IOException {
    this(folder, files, vertx, false);
  }

  private SpecRun(Path folder, Map<String, String> files, Vertx vertx, boolean ownVertx)
      throws IOException {
    this.files = files;
    this.routes = RouteGraph.of(files);
    this.destinations = DestinationsFile.entries(files);
    this.usualAnswers = DefaultStubs.read(folder);
    this.samples = folder.resolve("samples");
    this.vertx = vertx;
    this.ownVertx = ownVertx;
    this.worlds = new DryRunContextPool(routes, vertx);
  }

  /** Never throws: whatever goes wrong is a problem of the case. */
  SpecResult run(Spec spec) {
    try {
      return CustomEventTypes.with(files, () -> checked(spec));
    } catch (Exception | StackOverflowError e) {
      return new SpecResult(spec, List.of(described(e)), Set.of());
    }
  }

  private SpecResult checked(Spec spec) throws Exception {
    SmallRyeConfig configured =
        settings.computeIfAbsent(spec.settings(), own -> DryRunSettings.with(own, destinations));
    Stubs book =
        new Stubs(
            spec.answers(),
            Stream.concat(spec.fileAnswers().stream(), usualAnswers.as(configured).stream())
                .toList());
    DryRun rehearsal = new DryRun(worlds, configured, book, spec.now());
    Clock clock = Clock.fixed(spec.now(), ZoneOffset.UTC);
    TestMessages given = new TestMessages(samples, clock);
    List<String> problems = new ArrayList<>();
    Set<String> entered = new LinkedHashSet<>();
    SpecStages stages = new SpecStages(spec, rehearsal, given, routes);
    if (spec.route().equals(Spec.EVERYTHING)) {
      everything(spec, stages, problems, entered);
    } else {
      StageResult stage = stages.ofRoute();
      problems.addAll(
          spec.given().has("message")
              ? StageExpectation.ofMessage(spec.expect(), stage)
              : StageExpectation.differences(spec.route(), spec.expect(), stage));
      entered.addAll(stage.routes());
    }
    book.unused()
        .forEach(
            it ->
                problems.add(
                    "nobody asked for the answer to " + it.path().text() + " in " + it.from()));
    return new SpecResult(spec, problems, entered);
  }

  private void everything(Spec spec, SpecStages stages, List<String> problems, Set<String> entered)
      throws Exception {
    StageResult translated = stages.events();
    entered.addAll(translated.routes());
    problems.addAll(StageExpectation.ofEvents(spec.expect(), translated));
    for (Event event : translated.events()) {
      StageResult fanned = stages.fanOut(event);
      entered.addAll(fanned.routes());
      problems.addAll(StageExpectation.ofDestinations(spec.expect(), fanned));
      for (String destination : fanned.destinations()) {
        StageResult delivered = stages.deliver(destination, event);
        entered.addAll(delivered.routes());
        StageExpectation.differences(
                "deliver-" + destination,
                spec.expect().path("destinations").path(destination),
                delivered)
            .forEach(line -> problems.add(destination + ": " + line));
      }
    }
  }

  private static String described(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof InvalidMessageException)) {
      cause = cause.getCause();
    }
    String text = cause.getMessage() == null ? FailedStep.kind(cause) : cause.getMessage();
    return cause instanceof IllegalArgumentException ? text : "the rehearsal failed: " + text;
  }

  @Override
  public void close() {
    worlds.close();
    if (ownVertx) {
      vertx.close();
    }
  }
}
