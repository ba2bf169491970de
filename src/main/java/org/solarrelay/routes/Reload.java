package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.solarrelay.event.AddedTypes;
import org.solarrelay.routes.lint.Problem;

/** Brings a changed folder into force as far as it is fine, and tells what became of it. */
final class Reload {

  private static final Logger LOG = Logger.getLogger(Reload.class);

  private final LiveRoutes routes;
  private final Judge judge;
  private final FileStates states = new FileStates();
  private volatile Map<String, String> good;
  private Set<String> types;

  /**
   * @param loaded the files in force, text by path
   */
  Reload(LiveRoutes routes, Judge judge, Map<String, String> loaded) {
    this.routes = routes;
    this.judge = judge;
    this.good = loaded;
    this.types = AddedTypes.adopt(loaded);
    states.update(Map.of(), loaded, Map.of());
  }

  /** The files in force, text by path. */
  Map<String, String> inForce() {
    return Map.copyOf(good);
  }

  FileStates states() {
    return states;
  }

  /**
   * @param next the files as they are now, text by path
   */
  void changed(Map<String, String> next) {
    long start = System.nanoTime();
    Map<String, String> wanted = new TreeMap<>(next);
    Map<String, List<Problem>> rejected = new TreeMap<>();
    while (true) {
      Judge.Validation validation = judge.judge(good, wanted);
      rejected.putAll(validation.rejected());
      try {
        Set<String> changed =
            validation.files().equals(good) ? Set.of() : routes.swap(validation.files());
        end(validation.files(), rejected, changed, start);
        return;
      } catch (SwapException e) {
        rejected.put(e.file(), List.of(problem(e)));
        giveUp(e.file(), wanted);
      } catch (RuntimeException e) {
        LOG.errorf(e, "The files could not be brought into force; the routes stay as they are");
        return;
      }
    }
  }

  /** Lets what is in force go on with the settings as they are now. */
  void settingsChanged() {
    try {
      Set<String> changed = routes.swap(good);
      if (!changed.isEmpty()) {
        LOG.infof("Settings have changed, loaded anew: %s", String.join(", ", changed));
      }
    } catch (SwapException | RuntimeException e) {
      // without its text, which may quote a value
      LOG.errorf("Routes go on with the settings of before: %s", FailedStep.kind(e));
    }
  }

  private void giveUp(String file, Map<String, String> wanted) {
    boolean asBefore = Objects.equals(wanted.get(file), good.get(file));
    if (asBefore) {
      // what can not be started has not changed itself: then it is all of the change
      wanted.clear();
      wanted.putAll(good);
    } else if (good.containsKey(file)) {
      wanted.put(file, good.get(file));
    } else {
      wanted.remove(file);
    }
  }

  private void end(
      Map<String, String> now,
      Map<String, List<Problem>> rejected,
      Set<String> changed,
      long start) {
    if (!now.equals(good)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      String what = changed.isEmpty() ? "no route differs" : String.join(", ", changed);
      LOG.infof("Route files reloaded in %d ms: %s", millis, what);
      adoptTypes(now);
    }
    states.update(good, now, rejected).forEach(Reload::tell);
    good = now;
  }

  private void adoptTypes(Map<String, String> now) {
    Set<String> before = types;
    types = AddedTypes.adopt(now);
    if (!types.equals(before)) {
      LOG.infof("Event types that route files add: %s", types);
    }
  }

  private static void tell(FileStates.State state) {
    if (state.problems().isEmpty()) {
      LOG.infof("%s is no longer rejected", state.path());
      return;
    }
    LOG.warnf(
        "%s is rejected, what ran before runs on: %s%s",
        state.path(),
        state.problems().get(0),
        state.problems().size() == 1
            ? ""
            : " (and %d more)".formatted(state.problems().size() - 1));
  }

  private static Problem problem(SwapException e) {
    String problem = "its routes can not be started: %s".formatted(e.getMessage());
    return new Problem(e.file(), 1, 1, problem, "Mend it and save it again");
  }
}
