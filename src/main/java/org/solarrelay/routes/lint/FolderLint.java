package org.solarrelay.routes.lint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the problems of a whole folder, with the files that the program does not use. */
public final class FolderLint {

  private FolderLint() {}

  /**
   * The findings, in no order.
   *
   * @throws IOException if the folder cannot be read
   */
  public static List<Finding> findings(Path folder) throws IOException {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> files = FolderFiles.read(folder);
    new Lint().findings(files).forEach(findings::add);
    findings.addAll(KustomizationFile.findings(folder, files.keySet()));
    return findings;
  }
}
