package org.solarrelay.dryrun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.routes.lint.FolderFiles;

/** Finds the topics that the routes of a folder read. */
public final class RouteTopics {

  private RouteTopics() {}

  /**
   * The names of the topics, sorted.
   *
   * @param folder the folder of the route files
   * @throws IOException if the folder cannot be read, or a file is not YAML
   */
  public static Set<String> of(Path folder) throws IOException {
    return new TreeSet<>(RouteGraph.of(FolderFiles.read(folder)).topics());
  }
}
