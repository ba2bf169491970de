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
 * Runs the specs in {@code tests/} that a change concerns, one at a time on a thread of their own:
 * no delivery waits for them, and they take one processor at most. A spec that ignores the end of
 * its time keeps its thread, of which there are at most {@link DryRunExecutor#MOST_LEFT}.
 */
@Singleton
class RouteSpecCheck implements SpecCheck {

  private static final Logger LOG = Logger.getLogger(RouteSpecCheck.class);

  /** {@code file:line: problem}. */
  private static final Pattern PLACED = Pattern.compile("(?s).*?:(\\d+): (.*)");

  private final Path folder;
  private final Duration longest;
  private final Vertx vertx;
  private final DryRunExecutor executor = new DryRunExecutor(DryRunLogFilter.THREADS);

  @Inject
  RouteSpecCheck(RelayConfig config, Vertx vertx) {
    this(Path.of(config.routesDir()), config.reloadSpecTime(), vertx);
  }

  /**
   * @param folder of the route files
   * @param longest how long the specs of one change may take
   */
  RouteSpecCheck(Path folder, Duration longest, Vertx vertx) {
    this.folder = folder;
    this.longest = longest;
    this.vertx = vertx;
  }

  @Override
  public List<Failure> failures(Map<String, String> before, Map<String, String> after) {
    try {
      SpecScope scope = new SpecScope(before, after);
      List<Failure> failures = new ArrayList<>();
      Map<Spec, Set<String>> concerned = concerned(scope, failures);
      if (!concerned.isEmpty()) {
        failures.addAll(run(concerned, after));
      }
      return failures;
    } catch (IOException e) {
      LOG.warnf("No spec was run: %s", e.getMessage());
      return List.of();
    }
  }

  /** The cases that the change concerns, each with the changed files that its message may pass. */
  private Map<Spec, Set<String>> concerned(SpecScope scope, List<Failure> failures)
      throws IOException {
    Map<Spec, Set<String>> concerned = new LinkedHashMap<>();
    for (Path file : SpecFolder.files(folder)) {
      try {
        for (Spec spec : SpecFile.read(file)) {
          Set<String> passed = scope.passedBy(spec);
          if (!passed.isEmpty()) {
            concerned.put(spec, passed);
          }
        }
      } catch (SpecException e) {
        Set<String> passed = new TreeSet<>();
        SpecScope.entries(stem(file)).forEach(entry -> passed.addAll(scope.passedFrom(entry)));
        if (!passed.isEmpty()) {
          failures.add(new Failure(unreadable(file, e), passed));
        }
      }
    }
    return concerned;
  }

  private List<Failure> run(Map<Spec, Set<String>> concerned, Map<String, String> files) {
    try {
      return run(new SpecRun(folder, files, vertx), concerned);
    } catch (IOException | RuntimeException e) {
      LOG.debug("The specs cannot be run", e);
      return List.of(notRun(e, concerned));
    }
  }

  private List<Failure> run(SpecRun run, Map<Spec, Set<String>> concerned) {
    List<Failure> failures = new ArrayList<>();
    Deque<Spec> waiting = new ArrayDeque<>(concerned.keySet());
    long deadline = System.nanoTime() + longest.toNanos();
    try {
      while (!waiting.isEmpty()) {
        Spec spec = waiting.peek();
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        SpecResult result = executor.call(upperCase(named(spec)), left, () -> run.run(spec));
        if (!result.passed()) {
          failures.add(new Failure(failed(result), concerned.get(spec)));
        }
        waiting.remove();
      }
    } catch (DryRunExecutor.BusyException e) {
      failures.add(busy(e, waiting, concerned));
    } catch (TimeoutException e) {
      failures.add(late(waiting, concerned));
    } catch (ExecutionException e) {
      LOG.debug("A spec cannot be run to its end", e);
      failures.add(broken(waiting, concerned));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeAside(run);
    }
    return failures;
  }

  /** Ending the routes of a run takes time that the change need not wait for. */
  private static void closeAside(SpecRun run) {
    Thread thread = new Thread(run::close, DryRunLogFilter.THREADS + "-end");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  private static Failure notRun(Exception e, Map<Spec, Set<String>> concerned) {
    String problem =
        "the specs of this change cannot be run: " + String.valueOf(e.getMessage()).split("\\R")[0];
    return new Failure(
        new Problem("samples/answers", 1, 1, problem, "./relay lint says in which file"),
        files(concerned.keySet(), concerned));
  }

  private Failure broken(Deque<Spec> waiting, Map<Spec, Set<String>> concerned) {
    Spec spec = waiting.peek();
    String problem = "%s cannot be run to its end".formatted(named(spec));
    String fix = "./relay test %s shows why".formatted(stem(Path.of(spec.file())));
    return new Failure(problem(spec, problem, fix), files(waiting, concerned));
  }

  private static Set<String> files(Collection<Spec> specs, Map<Spec, Set<String>> concerned) {
    Set<String> files = new TreeSet<>();
    specs.forEach(spec -> files.addAll(concerned.get(spec)));
    return files;
  }

  private Failure busy(
      DryRunExecutor.BusyException e, Deque<Spec> waiting, Map<Spec, Set<String>> concerned) {
    String problem = "the specs of this change are not run: " + e.getMessage();
    String fix = "They are run once one of these has ended; a restart of the relay ends them";
    return new Failure(problem(waiting.peek(), problem, fix), files(waiting, concerned));
  }

  private Failure late(Deque<Spec> waiting, Map<Spec, Set<String>> concerned) {
    Spec spec = waiting.peek();
    String problem =
        "the specs of this change did not end within %d s; %s was running"
            .formatted(longest.toSeconds(), named(spec));
    return new Failure(
        problem(spec, problem, "Look for a loop without an end"), files(waiting, concerned));
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
    Matcher first = PLACED.matcher(e.problems().get(0));
    int line = first.matches() ? Integer.parseInt(first.group(1)) : 1;
    String problem =
        e.problems().stream()
            .map(it -> PLACED.matcher(it).replaceFirst("$2"))
            .collect(Collectors.joining("; ", "this spec cannot be read: ", ""));
    return new Problem(
        within(file), line, 1, problem, "docs/test-a-route.md says how specs are written");
  }

  private static String named(Spec spec) {
    return "the spec \"%s\" of %s".formatted(spec.name(), spec.route());
  }

  private static String upperCase(String text) {
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
    long state = executor.room();
    for (String part : List.of("tests", "samples", "samples/answers")) {
      try (Stream<Path> files = Files.list(folder.resolve(part))) {
        for (Path file : files.toList()) {
          state += Objects.hash(file.toString(), modified(file));
        }
      } catch (IOException | UncheckedIOException e) {
        // there is no such folder, or it changes at this moment
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
