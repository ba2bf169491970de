package org.solarrelay.standalone;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.solarrelay.standalone.sandbox.Sandbox;
import org.solarrelay.startup.LocalServices;
import org.solarrelay.startup.StartRefusedException;
import org.solarrelay.startup.StartupSettings;

/** Lets the program run with nothing configured: Kafka, PostgreSQL and vendors of its own. */
public final class Standalone implements LocalServices {

  @Override
  public Running start(StartupSettings settings) throws StartRefusedException {
    StandaloneSettings wanted = StandaloneSettings.of(settings);
    StandaloneRun run = new StandaloneRun();
    if (wanted.nothingToStart()) {
      return run;
    }
    try {
      DataDir dataDir = StartCheck.claim(wanted);
      run.holds(dataDir);
      startAll(wanted, dataDir, run);
      run.bindToLoopback(settings);
      run.leaveCreator(settings);
    } catch (IOException | CompletionException e) {
      run.close();
      Throwable reason = e instanceof CompletionException ? e.getCause() : e;
      throw new StartRefusedException(
          "Solar Relay cannot start: " + StartFailures.sentence(reason));
    } catch (StartRefusedException e) {
      run.close();
      throw e;
    }
    System.out.println(new StartupBanner(wanted, run));
    return run;
  }

  @Override
  public Running startVendors(StartupSettings settings) throws StartRefusedException {
    StandaloneSettings wanted = StandaloneSettings.ofVendorsAlone(settings);
    StandaloneRun run = new StandaloneRun();
    try {
      DataDir dataDir = StartCheck.claim(wanted);
      run.holds(dataDir);
      String host = settings.get("RELAY_SANDBOX_HOST").orElse("127.0.0.1");
      run.started(Sandbox.start(dataDir.resolve("sandbox.jsonl"), host, wanted.sandboxPort()));
      return run;
    } catch (IOException e) {
      run.close();
      throw new StartRefusedException(
          "The simulated vendors cannot start: " + StartFailures.sentence(e));
    }
  }

  private static void startAll(StandaloneSettings wanted, DataDir dataDir, StandaloneRun run) {
    CompletableFuture.allOf(
            when(
                wanted.postgres(),
                () -> LocalPostgres.start(dataDir.resolve("postgres"), wanted.postgresPort()),
                run::started),
            when(
                wanted.kafka(),
                () -> EmbeddedKafka.start(dataDir.resolve("kafka"), wanted.kafkaPort()),
                run::started),
            when(
                wanted.vendors(),
                () -> Sandbox.start(dataDir.resolve("sandbox.jsonl"), wanted.sandboxPort()),
                run::started))
        .join();
  }

  private interface Started<T> {
    void accept(T service) throws IOException;
  }

  /** On a thread of its own: on the common pool of a small machine they would wait in line. */
  private static <T> CompletableFuture<Void> when(
      boolean wanted, Callable<T> start, Started<T> started) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!wanted) {
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
