package org.solarrelay.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.solarrelay.PortAllocator;
import org.solarrelay.standalone.LocalPostgres;
import org.solarrelay.standalone.PostgresTemplate;

/** A PostgreSQL as processes of their own, always on the same port and data. */
final class Database {

  private static final int TRIES = 20;

  private final Path data;
  private final int port = PortAllocator.next();
  private LocalPostgres postgres;
  private boolean ended;

  Database(Path data) {
    this.data = data;
  }

  /** Tries again where the last one's processes are still about to notice that it was killed. */
  synchronized void start() throws IOException, InterruptedException {
    for (int tries = 1; !ended; tries++) {
      try {
        postgres = PostgresTemplate.start(data, port);
        return;
      } catch (IOException e) {
        if (tries == TRIES) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
  }

  synchronized void stop() throws IOException {
    postgres.close();
  }

  /** What {@code kill -9} of its first process does: the others end when they notice. */
  synchronized void kill() throws IOException, InterruptedException {
    List<String> pidFile = Files.readAllLines(data.resolve("cluster/postmaster.pid"));
    ProcessHandle first = ProcessHandle.of(Long.parseLong(pidFile.get(0).strip())).orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(first), first.descendants()).toList();
    first.destroyForcibly();
    while (all.stream().anyMatch(ProcessHandle::isAlive)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Stops a running PostgreSQL, which cannot be started again. */
  synchronized void end() {
    ended = true;
    if (Files.exists(data.resolve("cluster/postmaster.pid"))) {
      try {
        postgres.close();
      } catch (IOException | RuntimeException e) {
        // PostgreSQL was killed, so its pid file is stale
      }
    }
  }

  String jdbcUrl() {
    return postgres.jdbcUrl();
  }

  String user() {
    return postgres.user();
  }

  String password() throws IOException {
    return postgres.password();
  }
}
