package org.solarrelay.standalone;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.solarrelay.standalone.sandbox.Sandbox;
import org.solarrelay.startup.LocalServices;
import org.solarrelay.startup.StartRefusedException;
import org.solarrelay.startup.StartupSettings;

/** Starts Kafka, PostgreSQL and simulated vendors for what is not configured. */
public final class Standalone implements LocalServices {

  @Override
  public Running start(StartupSettings settings) throws StartRefusedException {
    StandaloneSettings requested = StandaloneSettings.of(settings);
    StandaloneRun run = new StandaloneRun();
    if (requested.nothingToStart()) {
      return run;
    }
    try {
      DataDir dataDir = StartCheck.claim(requested);
      run.setDataDir(dataDir);
      startAll(requested, dataDir, run);
      run.bindToLoopback(settings);
      run.keepConfiguredCreator(settings);
    } catch (IOException | CompletionException e) {
      run.close();
      Throwable reason = e instanceof CompletionException ? e.getCause() : e;
      throw new StartRefusedException(
          "Solar Relay cannot start: " + StartFailures.describe(reason));
    } catch (StartRefusedException e) {
      run.close();
      throw e;
    }
    System.out.println(new StartupBanner(requested, run));
    return run;
  }

  @Override
  public Running startVendors(StartupSettings settings) throws StartRefusedException {
    StandaloneSettings requested = StandaloneSettings.ofVendorsAlone(settings);
    StandaloneRun run = new StandaloneRun();
    try {
      DataDir dataDir = StartCheck.claim(requested);
      run.setDataDir(dataDir);
      String host = settings.get("RELAY_SANDBOX_HOST").orElse("127.0.0.1");
      run.started(Sandbox.start(dataDir.resolve("sandbox.jsonl"), host, requested.sandboxPort()));
      return run;
    } catch (IOException e) {
      run.close();
      throw new StartRefusedException(
          "The simulated vendors cannot start: " + StartFailures.describe(e));
    }
  }

  private static void startAll(StandaloneSettings requested, DataDir dataDir, StandaloneRun run) {
    CompletableFuture.allOf(
            startIf(
                requested.postgres(),
                () -> LocalPostgres.start(dataDir.resolve("postgres"), requested.postgresPort()),
                run::started),
            startIf(
                requested.kafka(),
                () -> EmbeddedKafka.start(dataDir.resolve("kafka"), requested.kafkaPort()),
                run::started),
            startIf(
                requested.vendors(),
                () -> Sandbox.start(dataDir.resolve("sandbox.jsonl"), requested.sandboxPort()),
                run::started))
        .join();
  }

  private interface Started<T> {
    void accept(T service) throws IOException;
  }

  /** Starts a service on its own thread: the common pool of a small machine has too few. */
  private static <T> CompletableFuture<Void> startIf(
      boolean requested, Callable<T> start, Started<T> started) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!requested) {
      done.complete(null);
      return done;
    }
    Runnable work =
        () -> {
          try {
            started.accept(start.call());
            done.complete(null);
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        };
    new Thread(work, "standalone-start").start();
    return done;
  }
}
