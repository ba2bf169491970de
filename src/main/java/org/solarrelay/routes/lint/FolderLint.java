package org.solarrelay.routes.lint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what is wrong with a whole folder: also with files that the program does not need. */
public final class FolderLint {

  private FolderLint() {}

  /**
   * In no order.
   *
   * @throws IOException where the folder cannot be read
   */
  public static List<Finding> findings(Path folder) throws IOException {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> files = FolderFiles.read(folder);
    new Lint().findings(files).forEach(findings::add);
    findings.addAll(KustomizationFile.findings(folder, files.keySet()));
    return findings;
  }
}
