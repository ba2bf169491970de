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
 * The current configuration. An injected {@link RelayConfig} has the values of the start; changes
 * of files in {@code RELAY_SECRETS_DIR} and of {@code routes/destinations.yaml} appear only here.
 */
@Singleton
public class ReloadableConfig implements Supplier<RelayConfig> {

  private static final Logger LOG = Logger.getLogger(ReloadableConfig.class);
  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

  /**
   * @param destinations the current entries of {@code routes/destinations.yaml}, and all other
   *     destinations as at the start
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
   * @param program supplies the configuration of the running program
   */
  ReloadableConfig(RelayConfig atStart, Supplier<SmallRyeConfig> program) {
    this.atStart = atStart;
    this.program = program;
    this.now = new Snapshot(atStart, Map.copyOf(atStart.destinations()));
  }

  /** How often folders are read: the configured interval, but at least 0.1 s. */
  public Duration reloadInterval() {
    Duration configured = atStart.reloadInterval();
    return configured.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : configured;
  }

  /** Returns the same instance until something changes, so that callers can cache by identity. */
  @Override
  public RelayConfig get() {
    return now.config;
  }

  /**
   * The destinations by name: the current entries of {@code routes/destinations.yaml}, and all
   * others as at the start. The same instance until something changes.
   */
  public Map<String, RelayConfig.Destination> destinations() {
    return now.destinations;
  }

  /**
   * Replaces the entries by those of a valid file.
   *
   * @throws InvalidSettingsException if the configuration is invalid with them; it then stays
   *     unchanged
   */
  public synchronized void adopt(List<DestinationEntry> entries) {
    if (!entries.equals(this.entries)) {
      SmallRyeConfig running = program.get();
      now = reload(running, entries);
      this.entries = List.copyOf(entries);
      secretFiles(running).ifPresent(SecretFiles::allowRejected);
    }
  }

  void start(@Observes StartupEvent started) {
    SmallRyeConfig running = program.get();
    secretFiles(running).ifPresent(secretFiles -> startWatching(running, secretFiles));
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private static Optional<SecretFiles> secretFiles(SmallRyeConfig running) {
    return running.getConfigSource(SecretFiles.NAME).map(SecretFiles.class::cast);
  }

  private void startWatching(SmallRyeConfig running, SecretFiles secretFiles) {
    Thread watcher = new Thread(() -> watchUntilStopped(running, secretFiles), "secrets");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watchUntilStopped(SmallRyeConfig running, SecretFiles secretFiles) {
    try {
      while (!stopping.await(reloadInterval().toMillis(), TimeUnit.MILLISECONDS)) {
        check(running, secretFiles);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void check(SmallRyeConfig running, SecretFiles secretFiles) {
    try {
      if (secretFiles.changed()) {
        now = secretFiles.apply(() -> reload(running, entries));
        LOG.info(
            "Settings in RELAY_SECRETS_DIR have changed. Tokens, keys, logins and settings that"
                + " destinations.yaml names take effect now, others at the next start");
      }
      failing = false;
    } catch (InvalidSettingsException e) {
      LOG.errorf("Settings stay unchanged, RELAY_SECRETS_DIR: %s", e.getMessage());
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        // without the exception's message, which may quote a value
        LOG.error("Settings stay unchanged, RELAY_SECRETS_DIR: a file cannot be read");
      }
      failing = true;
    }
  }

  private Snapshot reload(SmallRyeConfig running, List<DestinationEntry> entries) {
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
    RelayConfig config = map(running);
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

  private static RelayConfig map(SmallRyeConfig running) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        // variables such as RELAY_DATA_DIR also map to names below relay.
        .withValidateUnknown(false)
        .withSources(new RuntimeConfigSource(running))
        .build()
        .getConfigMapping(RelayConfig.class);
  }
}
