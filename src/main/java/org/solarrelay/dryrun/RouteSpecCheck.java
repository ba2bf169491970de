package org.solarrelay.dryrun;

import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.routes.SpecCheck;
import org.solarrelay.routes.lint.Problem;

/**
 * Runs the specs in {@code tests/} that a change affects, one at a time on a thread of their own:
 * no delivery waits for the specs, and they use at most one CPU. A spec that ignores its time limit
 * keeps its thread; there are at most {@link DryRunExecutor#MAX_OVERDUE} such threads.
 */
@Singleton
class RouteSpecCheck implements SpecCheck {

  private static final Logger LOG = Logger.getLogger(RouteSpecCheck.class);

  /** {@code file:line: problem}. */
  private static final Pattern WITH_LINE = Pattern.compile("(?s).*?:(\\d+): (.*)");

  private final Path folder;
  private final Duration maxDuration;
  private final Vertx vertx;
  private final DryRunExecutor executor = new DryRunExecutor(DryRunLogFilter.THREADS);

  @Inject
  RouteSpecCheck(RelayConfig config, Vertx vertx) {
    this(Path.of(config.routesDir()), config.reloadSpecTime(), vertx);
  }

  /**
   * @param folder of the route files
   * @param maxDuration how long the specs of one change may take
   */
  RouteSpecCheck(Path folder, Duration maxDuration, Vertx vertx) {
    this.folder = folder;
    this.maxDuration = maxDuration;
    this.vertx = vertx;
  }

  @Override
  public List<Failure> failures(Map<String, String> before, Map<String, String> after) {
    try {
      SpecScope scope = new SpecScope(before, after);
      List<Failure> failures = new ArrayList<>();
      Map<Spec, Set<String>> affected = affected(scope, failures);
      if (!affected.isEmpty()) {
        failures.addAll(run(affected, after));
      }
      return failures;
    } catch (IOException e) {
      LOG.warnf("No spec was run: %s", e.getMessage());
      return List.of();
    }
  }

  /** The specs that the change affects, each with the changed files that its message can reach. */
  private Map<Spec, Set<String>> affected(SpecScope scope, List<Failure> failures)
      throws IOException {
    Map<Spec, Set<String>> affected = new LinkedHashMap<>();
    for (Path file : SpecFolder.files(folder)) {
      try {
        for (Spec spec : SpecFile.read(file)) {
          Set<String> reached = scope.filesReachedBy(spec);
          if (!reached.isEmpty()) {
            affected.put(spec, reached);
          }
        }
      } catch (SpecException e) {
        Set<String> reached = new TreeSet<>();
        SpecScope.entries(stem(file))
            .forEach(entry -> reached.addAll(scope.filesReachedFrom(entry)));
        if (!reached.isEmpty()) {
          failures.add(new Failure(unreadable(file, e), reached));
        }
      }
    }
    return affected;
  }

  private List<Failure> run(Map<Spec, Set<String>> affected, Map<String, String> files) {
    try {
      return run(new SpecRun(folder, files, vertx), affected);
    } catch (IOException | RuntimeException e) {
      LOG.debug("The specs cannot be run", e);
      return List.of(notRun(e, affected));
    }
  }

  private List<Failure> run(SpecRun run, Map<Spec, Set<String>> affected) {
    List<Failure> failures = new ArrayList<>();
    Deque<Spec> waiting = new ArrayDeque<>(affected.keySet());
    long deadline = System.nanoTime() + maxDuration.toNanos();
    try {
      while (!waiting.isEmpty()) {
        Spec spec = waiting.peek();
        Duration remaining = Duration.ofNanos(deadline - System.nanoTime());
        SpecResult result = executor.call(capitalized(named(spec)), remaining, () -> run.run(spec));
        if (!result.passed()) {
          failures.add(new Failure(failed(result), affected.get(spec)));
        }
        waiting.remove();
      }
    } catch (DryRunExecutor.BusyException e) {
      failures.add(busy(e, waiting, affected));
    } catch (TimeoutException e) {
      failures.add(timedOut(waiting, affected));
    } catch (ExecutionException e) {
      LOG.debug("A spec cannot be run to its end", e);
      failures.add(notFinished(waiting, affected));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeInBackground(run);
    }
    return failures;
  }

  /** Closes a run on another thread, so that the change does not wait for the run's routes. */
  private static void closeInBackground(SpecRun run) {
    Thread thread = new Thread(run::close, DryRunLogFilter.THREADS + "-end");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  private static Failure notRun(Exception e, Map<Spec, Set<String>> affected) {
    String problem =
        "the specs of this change cannot be run: " + String.valueOf(e.getMessage()).split("\\R")[0];
    return new Failure(
        new Problem("samples/answers", 1, 1, problem, "./relay lint says in which file"),
        files(affected.keySet(), affected));
  }

  private Failure notFinished(Deque<Spec> waiting, Map<Spec, Set<String>> affected) {
    Spec spec = waiting.peek();
    String problem = "%s cannot be run to its end".formatted(named(spec));
    String fix = "./relay test %s shows why".formatted(stem(Path.of(spec.file())));
    return new Failure(problem(spec, problem, fix), files(waiting, affected));
  }

  private static Set<String> files(Collection<Spec> specs, Map<Spec, Set<String>> affected) {
    Set<String> files = new TreeSet<>();
    specs.forEach(spec -> files.addAll(affected.get(spec)));
    return files;
  }

  private Failure busy(
      DryRunExecutor.BusyException e, Deque<Spec> waiting, Map<Spec, Set<String>> affected) {
    String problem = "the specs of this change are not run: " + e.getMessage();
    String fix = "They are run once one of these has ended; a restart of the relay ends them";
    return new Failure(problem(waiting.peek(), problem, fix), files(waiting, affected));
  }

  private Failure timedOut(Deque<Spec> waiting, Map<Spec, Set<String>> affected) {
    Spec spec = waiting.peek();
    String problem =
        "the specs of this change did not end within %d s; %s was running"
            .formatted(maxDuration.toSeconds(), named(spec));
    return new Failure(
        problem(spec, problem, "Look for a loop without an end"), files(waiting, affected));
  }

  private Problem failed(SpecResult result) {
    Spec spec = result.spec();
    String problem = "%s fails: %s".formatted(named(spec), String.join("; ", result.problems()));
    String fix = "Change the route, or the spec: ./relay test " + stem(Path.of(spec.file()));
    return problem(spec, problem, fix);
  }

  private Problem problem(Spec spec, String problem, String fix) {
    return new Problem(within(Path.of(spec.file())), spec.line(), 1, problem, fix);
  }

  private Problem unreadable(Path file, SpecException e) {
    Matcher first = WITH_LINE.matcher(e.problems().get(0));
    int line = first.matches() ? Integer.parseInt(first.group(1)) : 1;
    String problem =
        e.problems().stream()
            .map(it -> WITH_LINE.matcher(it).replaceFirst("$2"))
            .collect(Collectors.joining("; ", "this spec cannot be read: ", ""));
    return new Problem(
        within(file), line, 1, problem, "docs/test-a-route.md says how specs are written");
  }

  private static String named(Spec spec) {
    return "the spec \"%s\" of %s".formatted(spec.name(), spec.route());
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private String within(Path file) {
    return folder.relativize(file).toString();
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace(SpecFile.ENDING, "");
  }

  @Override
  public long state() {
    long state = executor.capacityVersion();
    for (String part : List.of("tests", "samples", "samples/answers")) {
      try (Stream<Path> files = Files.list(folder.resolve(part))) {
        for (Path file : files.toList()) {
          state += Objects.hash(file.toString(), modified(file));
        }
      } catch (IOException | UncheckedIOException e) {
        // the folder is missing, or changes at this moment
        state++;
      }
    }
    return state;
  }

  private static String modified(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.lastModifiedTime() + "/" + attributes.size();
  }
}
