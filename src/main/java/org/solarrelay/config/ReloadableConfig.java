package org.solarrelay.config;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/**
 * The configuration as it is now, where {@link RelayConfig} itself is as it was at the start. They
 * differ in what stands in files of {@code RELAY_SECRETS_DIR} and in {@code
 * routes/destinations.yaml}: each change there brings a new one.
 */
@Singleton
public class ReloadableConfig implements Supplier<RelayConfig> {

  private static final Logger LOG = Logger.getLogger(ReloadableConfig.class);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /**
   * @param destinations of the file as they are now, the others as they were at the start
   */
  private record Snapshot(RelayConfig config, Map<String, RelayConfig.Destination> destinations) {}

  private final RelayConfig atStart;
  private final Supplier<SmallRyeConfig> program;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Snapshot now;
  private List<DestinationEntry> entries = List.of();
  private boolean failing;

  @Inject
  public ReloadableConfig(RelayConfig atStart) {
    this(atStart, () -> ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
  }

  /**
   * @param program the configuration that the program runs with
   */
  ReloadableConfig(RelayConfig atStart, Supplier<SmallRyeConfig> program) {
    this.atStart = atStart;
    this.program = program;
    this.now = new Snapshot(atStart, Map.copyOf(atStart.destinations()));
  }

  /** How often folders are read: as configured, but a tenth of a second at least. */
  public Duration reloadInterval() {
    Duration configured = atStart.reloadInterval();
    return configured.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : configured;
  }

  /** The same until something changes, so that who derives something from it knows when to. */
  @Override
  public RelayConfig get() {
    return now.config;
  }

  /**
   * The systems events are delivered to, by name: those of the file as they are now, all others as
   * they were at the start. The same map until something changes.
   */
  public Map<String, RelayConfig.Destination> destinations() {
    return now.destinations;
  }

  /**
   * Takes the entries of a file that is fine in the place of those before.
   *
   * @throws InvalidSettingsException where the configuration cannot be used with them; it is then
   *     as before
   */
  public synchronized void adopt(List<DestinationEntry> entries) {
    if (!entries.equals(this.entries)) {
      SmallRyeConfig running = program.get();
      now = renewed(running, entries);
      this.entries = List.copyOf(entries);
      files(running).ifPresent(SecretFiles::reconsider);
    }
  }

  void start(@Observes StartupEvent started) {
    SmallRyeConfig running = program.get();
    files(running).ifPresent(files -> watch(running, files));
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private static Optional<SecretFiles> files(SmallRyeConfig running) {
    return running.getConfigSource(SecretFiles.NAME).map(SecretFiles.class::cast);
  }

  private void watch(SmallRyeConfig running, SecretFiles files) {
    Thread watch = new Thread(() -> lookUntilStopped(running, files), "secrets");
    watch.setDaemon(true);
    watch.start();
  }

  private void lookUntilStopped(SmallRyeConfig running, SecretFiles files) {
    try {
      while (!stopping.await(reloadInterval().toMillis(), TimeUnit.MILLISECONDS)) {
        look(running, files);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void look(SmallRyeConfig running, SecretFiles files) {
    try {
      if (files.changed()) {
        now = files.take(() -> renewed(running, entries));
        LOG.info(
            "Settings in RELAY_SECRETS_DIR have changed: what destinations.yaml names, tokens, keys and logins are in"
                + " force, the rest at the next start");
      }
      failing = false;
    } catch (InvalidSettingsException e) {
      LOG.errorf("Settings stay as they are, RELAY_SECRETS_DIR: %s", e.getMessage());
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        // without its text, which may quote a value
        LOG.error("Settings stay as they are, RELAY_SECRETS_DIR: a file cannot be read");
      }
      failing = true;
    }
  }

  private Snapshot renewed(SmallRyeConfig running, List<DestinationEntry> entries) {
    Map<String, String> properties = properties(running, entries);
    Supplier<Snapshot> snapshot = () -> snapshot(running, entries);
    try {
      return source(running).map(file -> file.replace(properties, snapshot)).orElseGet(snapshot);
    } catch (RuntimeException e) {
      Set<String> known = new HashSet<>(properties.keySet());
      running.getLatestPropertyNames().forEach(known::add);
      throw InvalidSettingsException.of(e, known);
    }
  }

  private Snapshot snapshot(SmallRyeConfig running, List<DestinationEntry> entries) {
    RelayConfig config = mapped(running);
    Map<String, RelayConfig.Destination> destinations = new HashMap<>(atStart.destinations());
    entries.forEach(
        entry -> destinations.put(entry.name(), config.destinations().get(entry.name())));
    return new Snapshot(config, Map.copyOf(destinations));
  }

  private static Map<String, String> properties(
      SmallRyeConfig running, List<DestinationEntry> entries) {
    Map<String, String> properties = new HashMap<>();
    entries.forEach(
        entry ->
            properties.putAll(
                entry.properties(
                    variable -> running.getOptionalValue(variable, String.class),
                    property -> isSetElsewhere(running, property))));
    return properties;
  }

  private static Optional<DestinationFileSource> source(SmallRyeConfig running) {
    return running
        .getConfigSource(DestinationFileSource.NAME)
        .map(DestinationFileSource.class::cast);
  }

  private static boolean isSetElsewhere(SmallRyeConfig running, String property) {
    for (ConfigSource source : running.getConfigSources()) {
      if (source.getOrdinal() > DestinationFileSource.ORDINAL) {
        String value = source.getValue(property);
        if (value != null && !value.isBlank()) {
          return true;
        }
      }
    }
    return false;
  }

  private static RelayConfig mapped(SmallRyeConfig running) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        // variables such as RELAY_DATA_DIR are names below relay. too
        .withValidateUnknown(false)
        .withSources(new RuntimeConfigSource(running))
        .build()
        .getConfigMapping(RelayConfig.class);
  }
}
