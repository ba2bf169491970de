package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solarrelay.standalone.StandaloneSettings.NeededPort;
import org.solarrelay.startup.StartRefusedException;

/** All that can stand in the way of a start, found before anything is started. */
final class StartCheck {
  private static final long MEBIBYTE = 1 << 20;
  private static final long FOR_VENDORS = 1;
  private static final long FOR_KAFKA = 32;
  private static final long FOR_POSTGRES = 32;

  /** Programs and an empty cluster. */
  private static final long FOR_FRESH_POSTGRES = 160;

  private StartCheck() {}

  /**
   * Claims the data directory.
   *
   * @throws StartRefusedException naming everything that is in use, in one message
   */
  static DataDir claim(StandaloneSettings settings) throws StartRefusedException, IOException {
    List<String> obstacles = new ArrayList<>();
    Path folder = settings.dataDir().toAbsolutePath();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new StartRefusedException(
          "Solar Relay cannot start: RELAY_DATA_DIR, %s, is a file: name a folder"
              .formatted(folder));
    }
    Optional<DataDir> dataDir = DataDir.claim(settings.dataDir());
    if (dataDir.isEmpty()) {
      obstacles.add(
          "the data directory %s is in use by another Solar Relay (process %s): stop that one, or set RELAY_DATA_DIR"
              .formatted(settings.dataDir(), DataDir.holder(settings.dataDir())));
    }
    if (dataDir.isPresent() && settings.postgres()) {
      // else its own orphan would be taken for a stranger on the port
      LocalPostgres.stopLeftBehind(dataDir.get().resolve("postgres"));
    }
    long missing = missingSpace(settings, folder);
    if (missing > 0) {
      obstacles.add(
          "the disk of the data directory %s has %d MiB too little: free some space, or set RELAY_DATA_DIR to a folder elsewhere"
              .formatted(folder, missing));
    }
    List<NeededPort> ports = settings.neededPorts();
    for (NeededPort port : ports) {
      if (LocalPorts.isTaken(port.port())) {
        obstacles.add(
            "port %d (%s) is taken: set %s to another"
                .formatted(port.port(), port.what(), port.variable()));
      } else if (ports.stream().filter(other -> other.port() == port.port()).count() > 1) {
        obstacles.add(
            "port %d is wanted twice: set %s to another".formatted(port.port(), port.variable()));
      }
    }
    if (obstacles.isEmpty()) {
      return dataDir.orElseThrow();
    }
    if (dataDir.isPresent()) {
      dataDir.get().close();
    }
    throw new StartRefusedException(
        "Solar Relay cannot start:\n  - " + String.join("\n  - ", obstacles));
  }

  /**
   * How many MiB the disk lacks: Kafka and PostgreSQL end without a word on a disk that is full.
   */
  private static long missingSpace(StandaloneSettings settings, Path folder) throws IOException {
    boolean fresh = !Files.exists(folder.resolve("postgres/cluster"));
    long wanted =
        FOR_VENDORS
            + (settings.kafka() ? FOR_KAFKA : 0)
            + (settings.postgres() ? (fresh ? FOR_FRESH_POSTGRES : FOR_POSTGRES) : 0);
    return wanted - Files.getFileStore(folder).getUsableSpace() / MEBIBYTE;
  }
}
