package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A PostgreSQL server that a killed process may have left running on a data directory. */
final class OrphanedPostgres {
  private final Path pidFile;

  OrphanedPostgres(Path cluster) {
    this.pidFile = cluster.resolve("postmaster.pid");
  }

  interface Stop {
    void run() throws IOException;
  }

  /** Stops the server if it still runs. Deletes a pid file that names another program's process. */
  void remove(Stop stop) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return; // PostgreSQL recovers from a stale pid file itself
    }
    if (process.get().info().command().map(command -> command.contains("postgres")).orElse(true)) {
      stop.run();
    } else {
      // another program has this pid now; PostgreSQL would refuse to start
      Files.delete(pidFile);
    }
  }
}
