package org.solarrelay.routes;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.solarrelay.config.InvalidSettingsException;
import org.solarrelay.routes.lint.DestinationsFile;

/**
 * The routes in Camel that come from files: those in force, and retired ones that still have
 * messages.
 */
final class ActiveRoutes {

  private final CamelContext camel;
  private final SwappableDirect direct;
  private final RouteRemover remover;
  private final RouteConsumers consumers;
  private final RetiredRoutes retired;
  private final Consumer<Map<String, String>> settings;
  private final UnaryOperator<String> mask;
  private Map<String, String> files = Map.of();
  private volatile Map<String, RouteVersion> routes = Map.of();
  private volatile Map<String, RouteVersion> kamelets = Map.of();
  private int revision;

  /** For route files without settings and secrets. */
  ActiveRoutes(CamelContext camel) {
    this(camel, files -> {}, UnaryOperator.identity());
  }

  /**
   * @param settings receives the files before they are loaded; if that fails, the previous files
   *     again
   * @param mask removes secrets from a text, because Camel's messages quote the URIs of endpoints
   */
  ActiveRoutes(
      CamelContext camel, Consumer<Map<String, String>> settings, UnaryOperator<String> mask) {
    this.camel = camel;
    this.settings = settings;
    this.mask = mask;
    this.direct = camel.getComponent("direct", SwappableDirect.class);
    this.remover = new RouteRemover(camel);
    this.consumers = new RouteConsumers(camel);
    this.retired = new RetiredRoutes(camel, remover);
  }

  /** The routes in force, by name. */
  Map<String, RouteVersion> routes() {
    return routes;
  }

  /** Loads files for the first time, before Camel starts its routes. */
  synchronized void load(Map<String, String> files) throws RouteSwapException {
    settings.accept(files);
    this.files = files;
    ReloadPlan plan = new ReloadPlan(files, Map.of(), Map.of(), 0, new PlaceholderValues(camel));
    loadAll(plan.kameletTexts());
    loadAll(plan.routeTexts());
    adopt(plan);
  }

  /**
   * Swaps the routes for those of other files or settings. New messages enter the new routes; a
   * message in flight stays in the old routes to its end.
   *
   * @return the names of the routes that are new, changed or removed
   * @throws RouteSwapException if a route cannot be started; the previous routes stay in force
   */
  synchronized Set<String> swap(Map<String, String> files) throws RouteSwapException {
    try {
      take(files);
      Set<String> changed = swapRoutes(files);
      this.files = files;
      return changed;
    } catch (RouteSwapException | RuntimeException | StackOverflowError e) {
      restoreSettings(e);
      throw e;
    }
  }

  private void take(Map<String, String> files) throws RouteSwapException {
    try {
      settings.accept(files);
    } catch (InvalidSettingsException e) {
      throw new RouteSwapException(DestinationsFile.NAME, e.getMessage(), e);
    }
  }

  /** Restores the settings; a second failure must not hide the first. */
  private void restoreSettings(Throwable failure) {
    try {
      settings.accept(files);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private Set<String> swapRoutes(Map<String, String> files) throws RouteSwapException {
    ReloadPlan plan =
        new ReloadPlan(files, routes, kamelets, revision + 1, new PlaceholderValues(camel));
    Set<String> gone = plan.gone();
    Map<String, RouteVersion> before = routes;
    revision++;
    direct.stage();
    try {
      stopExclusiveConsumers(gone);
      loadAll(plan.kameletTexts());
      loadAll(plan.routeTexts());
    } catch (RouteSwapException | RuntimeException | StackOverflowError e) {
      remover.removeRevision(revision);
      direct.discard();
      consumers.restart();
      throw e;
    }
    RouteTable old = direct.publish(gone);
    consumers.forget();
    consumers.suspend(gone);
    retired.add(old, gone);
    adopt(plan);
    return changes(before, plan.routes());
  }

  /** Removes retired routes without messages. */
  synchronized void retire() {
    retired.end(kamelets.values().stream().map(RouteVersion::id).collect(Collectors.toSet()));
  }

  private void stopExclusiveConsumers(Set<String> gone) throws RouteSwapException {
    for (String id : gone) {
      try {
        consumers.stopExclusive(id);
      } catch (Exception e) {
        throw failure(routes.get(RouteIds.plain(id)).file(), e);
      }
    }
  }

  private RouteSwapException failure(String file, Exception e) {
    return new RouteSwapException(file, mask.apply(StartFailure.reason(e)), e);
  }

  private void adopt(ReloadPlan plan) {
    routes = Map.copyOf(plan.routes());
    kamelets = Map.copyOf(plan.kamelets());
  }

  private void loadAll(Map<String, String> texts) throws RouteSwapException {
    for (Map.Entry<String, String> file : texts.entrySet()) {
      try {
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(ResourceHelper.fromString(file.getKey(), file.getValue()));
      } catch (Exception e) {
        throw failure(file.getKey(), e);
      }
    }
  }

  private static Set<String> changes(
      Map<String, RouteVersion> before, Map<String, RouteVersion> after) {
    return Stream.concat(before.keySet().stream(), after.keySet().stream())
        .filter(name -> !id(before, name).equals(id(after, name)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String id(Map<String, RouteVersion> routes, String name) {
    return routes.containsKey(name) ? routes.get(name).id() : "";
  }
}
