package org.solarrelay;

import io.quarkus.runtime.Quarkus;
import java.util.Optional;
import java.util.ServiceLoader;
import org.solarrelay.cli.RelayCommand;
import org.solarrelay.startup.LocalServices;
import org.solarrelay.startup.LocalServicesRunner;
import org.solarrelay.startup.RequiredServices;
import org.solarrelay.startup.RouteFolder;
import org.solarrelay.startup.StartRefusedException;
import org.solarrelay.startup.StartupSettings;

/**
 * Starts the relay, or executes a command if there are arguments. Where a service is not
 * configured, a standalone build starts a local one, and a production build refuses to start. Exit
 * codes: 2 for missing or invalid settings, 1 if a local service cannot start.
 *
 * <p>application.properties names this class instead of {@code @QuarkusMain}: with that annotation
 * Camel would start neither with plain {@code Quarkus.run} nor in tests.
 */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    StartupSettings settings = StartupSettings.ofProcess();
    orExit(2, settings::withSecretFiles);
    if (args.length == 0) {
      runRelay(settings);
    } else {
      Runnable relay = () -> runRelay(settings);
      System.exit(new RelayCommand(settings, relay, System.out, System.err).execute(args));
    }
  }

  private static void runRelay(StartupSettings settings) {
    orExit(2, () -> RouteFolder.check(settings));
    Runnable application = () -> Quarkus.run();
    Optional<LocalServices> local = ServiceLoader.load(LocalServices.class).findFirst();
    if (local.isEmpty()) {
      orExit(2, () -> RequiredServices.check(settings));
      logJson(settings);
      application.run();
    } else {
      orExit(
          1, () -> System.exit(new LocalServicesRunner().run(local.get(), settings, application)));
    }
  }

  /** Production builds log JSON by default. */
  private static void logJson(StartupSettings settings) {
    if (!settings.has("QUARKUS_LOG_CONSOLE_JSON_ENABLED")) {
      System.setProperty("quarkus.log.console.json.enabled", "true");
    }
  }

  private interface Start {
    void run() throws StartRefusedException;
  }

  private static void orExit(int code, Start start) {
    try {
      start.run();
    } catch (StartRefusedException e) {
      System.err.println(e.getMessage());
      System.exit(code);
    }
  }
}
