package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
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
      throw new StartRefusedException("Solar Relay cannot start: " + describe(reason));
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
      run.started(
          Sandbox.start(dataDir.resolve("sandbox.jsonl"), host, requested.ports().sandbox()));
      return run;
    } catch (IOException e) {
      run.close();
      throw new StartRefusedException("The simulated vendors cannot start: " + describe(e));
    }
  }

  private static void startAll(StandaloneSettings requested, DataDir dataDir, StandaloneRun run) {
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    if (requested.postgres()) {
      int port = requested.ports().postgres();
      starts.add(start(() -> LocalPostgres.start(dataDir.resolve("postgres"), port), run::started));
    }
    if (requested.kafka()) {
      int port = requested.ports().kafka();
      starts.add(start(() -> EmbeddedKafka.start(dataDir.resolve("kafka"), port), run::started));
    }
    if (requested.vendors()) {
      int port = requested.ports().sandbox();
      starts.add(start(() -> Sandbox.start(dataDir.resolve("sandbox.jsonl"), port), run::started));
    }
    CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
  }

  private interface Started<T> {
    void accept(T service) throws IOException;
  }

  /** Starts a service on its own thread: the common pool of a small machine has too few. */
  private static <T> CompletableFuture<Void> start(Callable<T> start, Started<T> started) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            started.accept(start.call());
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        work -> new Thread(work, "standalone-start").start());
  }

  /** Describes a failure of a start, for the operator. */
  static String describe(Throwable failure) {
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "%s is a file where a folder is needed: remove it, or set RELAY_DATA_DIR to a folder"
          .formatted(((FileSystemException) failure).getFile());
    }
    if (failure instanceof AccessDeniedException denied) {
      return "%s cannot be written by this user: change its owner, or set RELAY_DATA_DIR to a folder of yours"
          .formatted(denied.getFile());
    }
    String message = failure.getMessage();
    if (message != null && message.contains("No space left on device")) {
      return "the disk is full (%s): free some space, or set RELAY_DATA_DIR to a folder elsewhere"
          .formatted(message);
    }
    return failure instanceof IOException && message != null ? message : failure.toString();
  }
}
