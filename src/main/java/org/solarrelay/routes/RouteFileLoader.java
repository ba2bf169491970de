package org.solarrelay.routes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.solarrelay.config.DestinationsChangedEvent;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.config.SecretMask;
import org.solarrelay.config.SpecMode;
import org.solarrelay.ops.telemetry.LogContextInterceptor;
import org.solarrelay.routes.history.FileRevert;
import org.solarrelay.routes.history.FileVersionRepository;
import org.solarrelay.routes.lint.DestinationsFile;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Lint;

/** Loads the route files when Camel starts, and watches them from then on. */
@Singleton
public class RouteFileLoader extends RouteBuilder {

  private final RelayConfig config;
  private final ReloadableConfig live;
  private final SecretMask mask;
  private final MeterRegistry metrics;
  private final SpecCheck specs;
  private final FileVersionRepository versions;
  private final Event<DestinationsChangedEvent> destinations;
  private final RouteCounts counts = new RouteCounts();
  private ActiveRoutes routes;
  private Reload reload;
  private FileHistory history;
  private FileReverter reverter;
  private FolderWatch watch;
  private RelayConfig loadedConfig;

  RouteFileLoader(
      RelayConfig config,
      ReloadableConfig live,
      SecretMask mask,
      MeterRegistry metrics,
      SpecCheck specs,
      FileVersionRepository versions,
      Event<DestinationsChangedEvent> destinations) {
    this.config = config;
    this.live = live;
    this.mask = mask;
    this.metrics = metrics;
    this.specs = specs;
    this.versions = versions;
    this.destinations = destinations;
  }

  @Produces
  @Singleton
  @Named("direct")
  SwappableDirect direct() {
    return new SwappableDirect();
  }

  @Override
  public void configure() throws Exception {
    CamelContext camel = getContext();
    Path folder = Path.of(config.routesDir());
    Map<String, String> files = FolderFiles.read(folder);
    camel.getPropertiesComponent().addPropertiesSource(new RelayPlaceholders());
    camel.getPropertiesComponent().addPropertiesSource(new DestinationPlaceholders());
    camel.addRoutePolicyFactory(counts);
    camel.getCamelContextExtension().addInterceptStrategy(new LogContextInterceptor());
    camel.getCamelContextExtension().addInterceptStrategy(new FailedStepRecorder());
    camel
        .getCamelContextExtension()
        .addInterceptStrategy(new RouteVisitLimit(config.maxRouteVisits()));
    camel.getManagementStrategy().addEventNotifier(new RouteFailureLog());
    routes = new ActiveRoutes(camel, this::adopt, mask::masked);
    load(files);
    loadedConfig = live.get();
    history = new FileHistory(versions, files);
    SpecGate gate = new SpecGate(specMode(), specs, history.reverts()::isReverted);
    ChangeValidator validator = new ChangeValidator(Lint::new, new EntryPoints(entries()));
    reload = new Reload(routes, validator, gate, files);
    reverter = new FileReverter(folder, versions, history.reverts(), reload, validator);
    watch =
        new FolderWatch(
            folder,
            live.reloadInterval(),
            history.reverts()::applied,
            files,
            reload::changed,
            this::afterRead);
    Gauge.builder("relay_routes_rejected", reload.states(), FileStatuses::rejected)
        .description("Files of the routes' folder whose current version is rejected")
        .register(metrics);
  }

  private void load(Map<String, String> files) {
    try {
      routes.load(files);
    } catch (RouteSwapException e) {
      // without the cause, whose message quotes the URIs of endpoints
      throw new IllegalStateException(
          "%s: its routes cannot be started: %s".formatted(e.file(), e.getMessage()));
    }
  }

  void watch(@Observes CamelContextStartedEvent started) {
    startDaemon(watch, "routes");
    startDaemon(history, "route-history");
  }

  private static void startDaemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes CamelContextStoppingEvent stopping) {
    watch.stop();
    history.stop();
  }

  private void afterRead() {
    RelayConfig now = live.get();
    if (loadedConfig != now) {
      loadedConfig = now;
      reload.settingsChanged();
      destinations.fire(new DestinationsChangedEvent(true));
    }
    reload.recheckAfterSpecChange();
    routes.retire();
    history.inForce(reload.inForce());
    history.rejected(reload.states().rejections());
  }

  /** Adopts the files' destinations, before the routes that use them are loaded. */
  private void adopt(Map<String, String> files) {
    RelayConfig before = live.get();
    live.adopt(DestinationsFile.entries(files));
    if (live.get() != before) {
      destinations.fire(new DestinationsChangedEvent(false));
    }
  }

  private SpecMode specMode() {
    return config.reloadSpecs().orElse(config.standalone() ? SpecMode.REJECT : SpecMode.WARN);
  }

  /**
   * The files in force, text by path within the folder; of a rejected file the previous version.
   */
  public Map<String, String> inForce() {
    return reload.inForce();
  }

  /** How many files of the folder are rejected. */
  public long rejected() {
    return reload.states().rejected();
  }

  /** The Camel ids of the routes in force. */
  public List<String> ids() {
    return routes.routes().values().stream().map(RouteVersion::id).toList();
  }

  FileReverter reverter() {
    return reverter;
  }

  /** The revert that is in force instead of the file. */
  Optional<FileRevert> reverted(String path) {
    return history.reverts().activeRevert(path);
  }

  /** Every file, with the result of its last check. */
  List<FileStatuses.State> files() {
    // before the states: a check that ends meanwhile is in them
    Set<String> checking = new TreeSet<>(watch.unchecked());
    checking.addAll(reload.recheckedFiles());
    return reload.states().all(checking);
  }

  Map<String, RouteVersion> routes() {
    return routes.routes();
  }

  RouteCounts counts() {
    return counts;
  }

  /** The endpoints that the stages call. */
  private Set<String> entries() {
    Set<String> names = new TreeSet<>(Set.of("direct:fan-out"));
    config.sources().keySet().forEach(source -> names.add("direct:translate-" + source));
    config
        .destinations()
        .forEach(
            (name, destination) -> {
              if (destination.on()) {
                names.add("delivery:" + name);
              }
            });
    return names;
  }
}
