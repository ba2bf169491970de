package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server that a killed process may have left running on a directory of tables. */
final class PostgresOrphan {
  private final Path pidFile;

  PostgresOrphan(Path cluster) {
    this.pidFile = cluster.resolve("postmaster.pid");
  }

  interface Stop {
    void run() throws IOException;
  }

  /** Stops it where it still runs; a pid file that names somebody else's process is taken away. */
  void remove(Stop stop) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    ProcessHandle process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
    if (process == null) {
      return; // PostgreSQL recovers from this by itself
    }
    if (process.info().command().map(command -> command.contains("postgres")).orElse(true)) {
      stop.run();
    } else {
      // the number was given to another program since; PostgreSQL would refuse to start
      Files.delete(pidFile);
    }
  }
}
