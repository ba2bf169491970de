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
  private final ChangeValidator validator;
  private final SpecGate specs;
  private final FileStatuses states = new FileStatuses();
  private volatile Map<String, String> inForce;
  private Map<String, String> latest;
  private volatile long specState;
  private volatile boolean specsStable = true;
  private Set<String> types;

  /** Creates a reload without specs. */
  Reload(ActiveRoutes routes, ChangeValidator validator, Map<String, String> loaded) {
    this(routes, validator, SpecGate.open(), loaded);
  }

  /**
   * @param loaded the files in force, text by path
   */
  Reload(
      ActiveRoutes routes, ChangeValidator validator, SpecGate specs, Map<String, String> loaded) {
    this.routes = routes;
    this.validator = validator;
    this.specs = specs;
    this.inForce = loaded;
    this.latest = loaded;
    this.types = CustomEventTypes.adopt(loaded);
    states.update(Map.of(), loaded, FileFindings.NONE);
  }

  /** The files in force, text by path. */
  Map<String, String> inForce() {
    return Map.copyOf(inForce);
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
      while (!text.equals(inForce.get(path))) {
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
    Map<String, String> candidate = new TreeMap<>(next);
    Map<String, List<Problem>> rejected = new TreeMap<>();
    while (true) {
      try {
        ChangeValidator.Validation validation = validator.validate(inForce, candidate);
        rejected.putAll(validation.rejected());
        SpecGate.Decision decision = specs.decide(inForce, validation.files());
        if (!decision.rejected().isEmpty()) {
          rejected.putAll(decision.rejected());
          decision.rejected().keySet().forEach(file -> keepPrevious(file, candidate));
          continue;
        }
        Set<String> changed =
            validation.files().equals(inForce) ? Set.of() : routes.swap(validation.files());
        rejected = new RejectionExplainer(next, inForce).explain(rejected);
        complete(validation.files(), new FileFindings(rejected, decision.warned()), changed, start);
        return;
      } catch (RouteSwapException e) {
        rejected.put(e.file(), List.of(problem(e)));
        reject(e.file(), candidate);
      } catch (RuntimeException | StackOverflowError e) {
        LOG.errorf(
            "The files could not be brought into force, the routes stay unchanged: %s",
            FailedStep.kind(e));
        LOG.debug("The files could not be brought into force", e);
        complete(inForce, new FileFindings(rejectAll(next, e), Map.of()), Set.of(), start);
        return;
      }
    }
  }

  /** All files that differ from those in force, each with the failure. */
  private Map<String, List<Problem>> rejectAll(Map<String, String> next, Throwable failure) {
    String problem =
        "this file cannot be brought into force: %s".formatted(FailedStep.kind(failure));
    return next.keySet().stream()
        .filter(file -> !Objects.equals(next.get(file), inForce.get(file)))
        .collect(
            Collectors.toMap(
                file -> file,
                file -> List.of(new Problem(file, 1, 1, problem, "Save it with a change"))));
  }

  /**
   * Checks rejected files again after specs or samples have changed: a route and its spec may be
   * saved in any order.
   */
  void recheckAfterSpecChange() {
    if (states.withProblems().isEmpty()) {
      specsStable = true;
      return;
    }
    long now = specs.state();
    if (now != specState) {
      specState = now;
      specsStable = false;
    } else if (!specsStable) {
      try {
        recheckWarned();
        changed(latest);
      } finally {
        specsStable = true;
      }
    }
  }

  /** The files to check again because specs or samples have changed. Any thread may call it. */
  Set<String> recheckedFiles() {
    Set<String> files = states.withProblems();
    boolean again = !files.isEmpty() && (!specsStable || specs.state() != specState);
    return again ? files : Set.of();
  }

  private void recheckWarned() {
    Set<String> warned = states.warned();
    if (!warned.isEmpty()) {
      Map<String, String> without = new TreeMap<>(inForce);
      without.keySet().removeAll(warned);
      SpecGate.Decision decision = specs.decide(without, inForce);
      Map<String, List<Problem>> failing = new TreeMap<>(decision.warned());
      failing.putAll(decision.rejected());
      states.warn(failing).forEach(Reload::report);
    }
  }

  /** Loads the routes in force with the changed settings. */
  void settingsChanged() {
    try {
      Set<String> changed = routes.swap(inForce);
      if (!changed.isEmpty()) {
        LOG.infof("Settings have changed, routes loaded again: %s", String.join(", ", changed));
      }
    } catch (RouteSwapException | RuntimeException e) {
      // without the exception's message, which may quote a value
      LOG.errorf("The routes keep their previous settings: %s", FailedStep.kind(e));
    }
  }

  private void reject(String file, Map<String, String> candidate) {
    boolean asBefore = Objects.equals(candidate.get(file), inForce.get(file));
    if (asBefore) {
      // an unchanged file cannot be started: reject the whole change
      candidate.clear();
      candidate.putAll(inForce);
    } else {
      keepPrevious(file, candidate);
    }
  }

  /** Keeps the version of a file that is in force. */
  private void keepPrevious(String file, Map<String, String> candidate) {
    if (inForce.containsKey(file)) {
      candidate.put(file, inForce.get(file));
    } else {
      candidate.remove(file);
    }
  }

  private void complete(
      Map<String, String> now, FileFindings findings, Set<String> changed, long start) {
    if (!now.equals(inForce)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      String what = changed.isEmpty() ? "no route differs" : String.join(", ", changed);
      LOG.infof("Route files reloaded in %d ms: %s", millis, what);
      adoptTypes(now);
    }
    states.update(inForce, now, findings).forEach(Reload::report);
    synchronized (states) {
      inForce = now;
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
