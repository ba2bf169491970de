package org.solarrelay.dryrun;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.solarrelay.config.RelayConfig;

/** Lists the files with specs of the routes' folder. */
@Singleton
public class SpecOverview {

  private final Path folder;

  SpecOverview(RelayConfig config) {
    this.folder = Path.of(config.routesDir());
  }

  /** The files' paths within the folder, such as {@code tests/deliver-crm.test.yaml}. */
  public List<String> files() throws IOException {
    return SpecFolder.files(folder).stream()
        .map(file -> folder.relativize(file).toString())
        .toList();
  }
}
