package org.solarrelay.standalone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solarrelay.standalone.StandaloneSettings.NeededPort;
import org.solarrelay.startup.StartRefusedException;

/** All that can stand in the way of a start, found before anything is started. */
final class StartCheck {
  private StartCheck() {}

  /**
   * Claims the data directory.
   *
   * @throws StartRefusedException naming everything that is in use, in one message
   */
  static DataDir claim(StandaloneSettings settings) throws StartRefusedException, IOException {
    List<String> obstacles = new ArrayList<>();
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
    List<NeededPort> ports = settings.neededPorts();
    for (NeededPort port : ports) {
      if (Ports.isTaken(port.port())) {
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
}
