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
 * Starts the relay. A standalone build brings what is not configured with it; a production build
 * refuses to start without it: exit code 2, or 1 where a local service cannot be started.
 *
 * <p>With a command behind it, it does that alone and starts no relay.
 *
 * <p>It is named in application.properties and not by {@code @QuarkusMain}: with that annotation
 * Camel would start neither with plain {@code Quarkus.run} nor in tests.
 */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    StartupSettings settings = StartupSettings.ofProcess();
    orExit(2, settings::withSecretFiles);
    if (args.length == 0) {
      relay(settings);
    } else {
      Runnable relay = () -> relay(settings);
      System.exit(new RelayCommand(settings, relay, System.out, System.err).execute(args));
    }
  }

  private static void relay(StartupSettings settings) {
    orExit(2, () -> RouteFolder.check(settings));
    Runnable application = () -> Quarkus.run();
    Optional<LocalServices> local = ServiceLoader.load(LocalServices.class).findFirst();
    if (local.isEmpty()) {
      orExit(2, () -> RequiredServices.check(settings));
      logForMachines(settings);
      application.run();
    } else {
      orExit(
          1, () -> System.exit(new LocalServicesRunner().run(local.get(), settings, application)));
    }
  }

  /** Nobody but a machine reads the log of a production build, unless it is told otherwise. */
  private static void logForMachines(StartupSettings settings) {
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
