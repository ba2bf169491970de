package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solarrelay.standalone.StandaloneSettings.NeededPort;
import org.solarrelay.startup.StartRefusedException;

/** Checks data directory, disk space and ports before any service starts. */
final class StartCheck {
  private static final long MEBIBYTE = 1 << 20;
  private static final long VENDORS_MIB = 1;
  private static final long KAFKA_MIB = 32;
  private static final long POSTGRES_MIB = 32;

  /** For PostgreSQL's programs and an empty cluster. */
  private static final long NEW_POSTGRES_MIB = 160;

  private StartCheck() {}

  /**
   * Claims the data directory.
   *
   * @throws StartRefusedException if anything is in use; one message lists all obstacles
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
      // before the check of ports, because an orphaned server may still use its port
      LocalPostgres.stopOrphan(dataDir.get().resolve("postgres"));
    }
    long missing = missingSpace(settings, folder);
    if (missing > 0) {
      obstacles.add(
          "the disk of the data directory %s has %d MiB too little: free some space, or set RELAY_DATA_DIR to a folder elsewhere"
              .formatted(folder, missing));
    }
    List<NeededPort> ports = settings.neededPorts();
    for (NeededPort port : ports) {
      if (LocalPorts.isInUse(port.port())) {
        obstacles.add(
            "port %d (%s) is in use: set %s to another"
                .formatted(port.port(), port.service(), port.variable()));
      } else if (ports.stream().filter(other -> other.port() == port.port()).count() > 1) {
        obstacles.add(
            "port %d is configured twice: set %s to another"
                .formatted(port.port(), port.variable()));
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
   * The MiB that the disk lacks. Without this check Kafka and PostgreSQL would end without a
   * message on a full disk.
   */
  private static long missingSpace(StandaloneSettings settings, Path folder) throws IOException {
    boolean fresh = !Files.exists(folder.resolve("postgres/cluster"));
    long needed =
        VENDORS_MIB
            + (settings.kafka() ? KAFKA_MIB : 0)
            + (settings.postgres() ? (fresh ? NEW_POSTGRES_MIB : POSTGRES_MIB) : 0);
    return needed - Files.getFileStore(folder).getUsableSpace() / MEBIBYTE;
  }
}
