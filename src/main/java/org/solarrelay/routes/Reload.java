package org.solarrelay.routes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.routes.lint.DestinationsFile;
import org.solarrelay.routes.lint.Problem;

/**
 * Checks the changed files of a folder, brings the accepted ones into force, and reports the rest.
 */
final class Reload {

  private static final Logger LOG = Logger.getLogger(Reload.class);

  private final ActiveRoutes routes;
  private final ChangeValidator judge;
  private final SpecGate specs;
  private final FileStatuses states = new FileStatuses();
  private volatile Map<String, String> good;
  private Map<String, String> latest;
  private volatile long specState;
  private volatile boolean specsAtRest = true;
  private Set<String> types;

  /** Creates a reload without specs. */
  Reload(ActiveRoutes routes, ChangeValidator judge, Map<String, String> loaded) {
    this(routes, judge, SpecGate.open(), loaded);
  }

  /**
   * @param loaded the files in force, text by path
   */
  Reload(ActiveRoutes routes, ChangeValidator judge, SpecGate specs, Map<String, String> loaded) {
    this.routes = routes;
    this.judge = judge;
    this.specs = specs;
    this.good = loaded;
    this.latest = loaded;
    this.types = CustomEventTypes.adopt(loaded);
    states.update(Map.of(), loaded, FileFindings.NONE);
  }

  /** The files in force, text by path. */
  Map<String, String> inForce() {
    return Map.copyOf(good);
  }

  FileStatuses states() {
    return states;
  }

  /**
   * Waits for a text of a file to be in force.
   *
   * @return whether the text is in force
   */
  boolean await(String path, String text, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    synchronized (states) {
      while (!text.equals(good.get(path))) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        states.wait(left);
      }
      return true;
    }
  }

  /**
   * Checks changed files and brings the accepted ones into force.
   *
   * @param next the files in the folder, text by path
   */
  void changed(Map<String, String> next) {
    long start = System.nanoTime();
    latest = next;
    // before the run: a spec that changes meanwhile runs again
    specState = specs.state();
    Map<String, String> wanted = new TreeMap<>(next);
    Map<String, List<Problem>> rejected = new TreeMap<>();
    while (true) {
      try {
        ChangeValidator.Validation validation = judge.judge(good, wanted);
        rejected.putAll(validation.rejected());
        SpecGate.Decision decision = specs.decide(good, validation.files());
        if (!decision.rejected().isEmpty()) {
          rejected.putAll(decision.rejected());
          decision.rejected().keySet().forEach(file -> keep(file, wanted));
          continue;
        }
        Set<String> changed =
            validation.files().equals(good) ? Set.of() : routes.swap(validation.files());
        rejected = new RejectionExplainer(next, good).explained(rejected);
        end(validation.files(), new FileFindings(rejected, decision.warned()), changed, start);
        return;
      } catch (RouteSwapException e) {
        rejected.put(e.file(), List.of(problem(e)));
        giveUp(e.file(), wanted);
      } catch (RuntimeException | StackOverflowError e) {
        LOG.errorf(
            "The files could not be brought into force, the routes stay unchanged: %s",
            FailedStep.kind(e));
        LOG.debug("The files could not be brought into force", e);
        end(good, new FileFindings(changes(next, e), Map.of()), Set.of(), start);
        return;
      }
    }
  }

  /** All files that differ from those in force, each with the failure. */
  private Map<String, List<Problem>> changes(Map<String, String> next, Throwable failure) {
    String problem =
        "this file cannot be brought into force: %s".formatted(FailedStep.kind(failure));
    return next.keySet().stream()
        .filter(file -> !Objects.equals(next.get(file), good.get(file)))
        .collect(
            Collectors.toMap(
                file -> file,
                file -> List.of(new Problem(file, 1, 1, problem, "Save it with a change"))));
  }

  /**
   * Checks rejected files again after specs or samples have changed: a route and its spec may be
   * saved in any order.
   */
  void specsMayHaveChanged() {
    if (states.withFinding().isEmpty()) {
      specsAtRest = true;
      return;
    }
    long now = specs.state();
    if (now != specState) {
      specState = now;
      specsAtRest = false;
    } else if (!specsAtRest) {
      try {
        runWarnedAgain();
        changed(latest);
      } finally {
        specsAtRest = true;
      }
    }
  }

  /** The files to check again because specs or samples have changed. Any thread may call it. */
  Set<String> checkedAgain() {
    Set<String> files = states.withFinding();
    boolean again = !files.isEmpty() && (!specsAtRest || specs.state() != specState);
    return again ? files : Set.of();
  }

  private void runWarnedAgain() {
    Set<String> warned = states.warned();
    if (!warned.isEmpty()) {
      Map<String, String> without = new TreeMap<>(good);
      without.keySet().removeAll(warned);
      SpecGate.Decision decision = specs.decide(without, good);
      Map<String, List<Problem>> failing = new TreeMap<>(decision.warned());
      failing.putAll(decision.rejected());
      states.warn(failing).forEach(Reload::report);
    }
  }

  /** Loads the routes in force with the changed settings. */
  void settingsChanged() {
    try {
      Set<String> changed = routes.swap(good);
      if (!changed.isEmpty()) {
        LOG.infof("Settings have changed, routes loaded again: %s", String.join(", ", changed));
      }
    } catch (RouteSwapException | RuntimeException e) {
      // without the exception's message, which may quote a value
      LOG.errorf("The routes keep their previous settings: %s", FailedStep.kind(e));
    }
  }

  private void giveUp(String file, Map<String, String> wanted) {
    boolean asBefore = Objects.equals(wanted.get(file), good.get(file));
    if (asBefore) {
      // an unchanged file cannot be started: reject the whole change
      wanted.clear();
      wanted.putAll(good);
    } else {
      keep(file, wanted);
    }
  }

  /** Keeps the version of a file that is in force. */
  private void keep(String file, Map<String, String> wanted) {
    if (good.containsKey(file)) {
      wanted.put(file, good.get(file));
    } else {
      wanted.remove(file);
    }
  }

  private void end(
      Map<String, String> now, FileFindings findings, Set<String> changed, long start) {
    if (!now.equals(good)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      String what = changed.isEmpty() ? "no route differs" : String.join(", ", changed);
      LOG.infof("Route files reloaded in %d ms: %s", millis, what);
      adoptTypes(now);
    }
    states.update(good, now, findings).forEach(Reload::report);
    synchronized (states) {
      good = now;
      states.notifyAll();
    }
  }

  private void adoptTypes(Map<String, String> now) {
    Set<String> before = types;
    types = CustomEventTypes.adopt(now);
    if (!types.equals(before)) {
      LOG.infof("Event types that route files add: %s", types);
    }
  }

  private static void report(FileStatuses.State state) {
    if (!state.problems().isEmpty()) {
      LOG.warnf(
          "%s is rejected, the previous version stays in force: %s",
          state.path(), first(state.problems()));
    } else if (!state.warnings().isEmpty()) {
      LOG.warnf("%s is in force, but a spec fails: %s", state.path(), first(state.warnings()));
    } else {
      LOG.infof("%s is in force, its problems are fixed", state.path());
    }
  }

  private static String first(List<Problem> problems) {
    String more = problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1);
    return problems.get(0) + more;
  }

  private static Problem problem(RouteSwapException e) {
    String what =
        e.file().equals(DestinationsFile.NAME)
            ? "its settings cannot be used"
            : "its routes cannot be started";
    String problem = "%s: %s".formatted(what, e.getMessage());
    return new Problem(e.file(), 1, 1, problem, "Fix it and save it again");
  }
}
