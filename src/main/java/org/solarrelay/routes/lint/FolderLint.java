package org.solarrelay.routes.lint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    new Lint().findings(FolderFiles.read(folder)).forEach(findings::add);
    findings.addAll(KustomizationFile.findings(folder));
    return findings;
  }
}
