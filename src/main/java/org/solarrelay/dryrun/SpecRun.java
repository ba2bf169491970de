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

/** Runs specs, each in its own contexts: without Kafka, database, vendors or waiting. */
final class SpecRun implements AutoCloseable {

  private final Map<String, String> files;
  private final RouteGraph routes;
  private final List<DestinationEntry> destinations;
  private final DefaultStubs defaultStubs;
  private final Path samples;
  private final Map<Map<String, String>, SmallRyeConfig> settings = new ConcurrentHashMap<>();
  private final DryRunContextPool contexts;
  private final Vertx vertx;
  private final boolean ownVertx;

  /**
   * Runs the specs of a folder in a process of their own.
   *
   * @param folder of the route files
   * @throws IOException if the files cannot be read
   */
  SpecRun(Path folder) throws IOException {
    this(folder, FolderFiles.read(folder));
  }

  /**
   * Runs specs with other route files than those of the folder, in a process of their own.
   *
   * @param folder where {@code samples/} is
   * @param files text by path
   * @throws IOException if one of the files, or of {@code samples/answers/}, cannot be read
   */
  SpecRun(Path folder, Map<String, String> files) throws IOException {
    this(folder, files, Vertx.vertx(), true);
  }

  /**
   * Runs specs within the running program.
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
    this.defaultStubs = DefaultStubs.read(folder);
    this.samples = folder.resolve("samples");
    this.vertx = vertx;
    this.ownVertx = ownVertx;
    this.contexts = new DryRunContextPool(routes, vertx);
  }

  /** Runs a case; an exception becomes a problem of the case. */
  SpecResult run(Spec spec) {
    try {
      return CustomEventTypes.with(files, () -> runChecked(spec));
    } catch (Exception | StackOverflowError e) {
      return new SpecResult(spec, List.of(describe(e)), Set.of());
    }
  }

  private SpecResult runChecked(Spec spec) throws Exception {
    SmallRyeConfig configured =
        settings.computeIfAbsent(spec.settings(), own -> DryRunSettings.with(own, destinations));
    Stubs stubs =
        new Stubs(
            spec.answers(),
            Stream.concat(spec.fileAnswers().stream(), defaultStubs.as(configured).stream())
                .toList());
    DryRun dryRun = new DryRun(contexts, configured, stubs, spec.now());
    Clock clock = Clock.fixed(spec.now(), ZoneOffset.UTC);
    TestMessages messages = new TestMessages(samples, clock);
    List<String> problems = new ArrayList<>();
    Set<String> enteredRoutes = new LinkedHashSet<>();
    SpecStages stages = new SpecStages(spec, dryRun, messages, routes);
    if (spec.route().equals(Spec.EVERYTHING)) {
      runPipeline(spec, stages, problems, enteredRoutes);
    } else {
      StageResult stage = stages.runRoute();
      problems.addAll(
          spec.given().has("message")
              ? StageExpectation.ofMessage(spec.expect(), stage)
              : StageExpectation.differences(spec.route(), spec.expect(), stage));
      enteredRoutes.addAll(stage.routes());
    }
    stubs
        .unused()
        .forEach(
            it ->
                problems.add("no call used the stub for " + it.path().text() + " in " + it.from()));
    return new SpecResult(spec, problems, enteredRoutes);
  }

  private void runPipeline(
      Spec spec, SpecStages stages, List<String> problems, Set<String> enteredRoutes)
      throws Exception {
    StageResult translated = stages.events();
    enteredRoutes.addAll(translated.routes());
    problems.addAll(StageExpectation.ofEvents(spec.expect(), translated));
    for (Event event : translated.events()) {
      StageResult fanned = stages.fanOut(event);
      enteredRoutes.addAll(fanned.routes());
      problems.addAll(StageExpectation.ofDestinations(spec.expect(), fanned));
      for (String destination : fanned.destinations()) {
        StageResult delivered = stages.deliver(destination, event);
        enteredRoutes.addAll(delivered.routes());
        StageExpectation.differences(
                "deliver-" + destination,
                spec.expect().path("destinations").path(destination),
                delivered)
            .forEach(line -> problems.add(destination + ": " + line));
      }
    }
  }

  private static String describe(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof InvalidMessageException)) {
      cause = cause.getCause();
    }
    String text = cause.getMessage() == null ? FailedStep.kind(cause) : cause.getMessage();
    return cause instanceof IllegalArgumentException ? text : "the dry run failed: " + text;
  }

  @Override
  public void close() {
    contexts.close();
    if (ownVertx) {
      vertx.close();
    }
  }
}
