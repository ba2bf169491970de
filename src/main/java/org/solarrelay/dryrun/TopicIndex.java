package org.solarrelay.dryrun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.routes.lint.FolderFiles;

/** The topics that route files begin at. */
public final class TopicIndex {

  private TopicIndex() {}

  /**
   * The topics of a folder's route files.
   *
   * @param routes the folder of the route files
   * @throws IOException if the folder cannot be read, or a file is not YAML
   */
  public static Set<String> of(Path routes) throws IOException {
    return new TreeSet<>(RouteGraph.of(FolderFiles.read(routes)).topics());
  }
}
