package org.solarrelay.config;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * The configuration as it is now, where {@link RelayConfig} itself is as it was at the start. They
 * differ in what stands in files of {@code RELAY_SECRETS_DIR}: each change there brings a new one.
 */
@Singleton
public class LiveConfig implements Supplier<RelayConfig> {

  private static final Logger LOG = Logger.getLogger(LiveConfig.class);
  private static final long LOOK_MILLIS = 500;

  private final RelayConfig atStart;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile RelayConfig now;
  private boolean failing;

  @Inject
  public LiveConfig(RelayConfig atStart) {
    this.atStart = atStart;
  }

  /** The same until something changes, so that who derives something from it knows when to. */
  @Override
  public RelayConfig get() {
    RelayConfig current = now;
    return current == null ? atStart : current;
  }

  void start(@Observes StartupEvent started) {
    SmallRyeConfig running = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
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
      while (!stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look(running, files);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(SmallRyeConfig running, SecretFiles files) {
    try {
      if (files.changed()) {
        now = mapped(running);
        LOG.info(
            "Settings in RELAY_SECRETS_DIR have changed: tokens, keys and logins are in force, the rest at the next start");
      }
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        // without its text, which may quote a value
        String reason = e instanceof IOException ? "a file cannot be read" : "a value is not valid";
        LOG.errorf(
            "Settings stay as they are, those in RELAY_SECRETS_DIR cannot be used: %s", reason);
      }
      failing = true;
    }
  }

  private static RelayConfig mapped(SmallRyeConfig running) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        // variables such as RELAY_DATA_DIR are names below relay. too
        .withValidateUnknown(false)
        .withSources(new RunningSource(running))
        .build()
        .getConfigMapping(RelayConfig.class);
  }
}
