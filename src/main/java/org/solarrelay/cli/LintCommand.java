package org.solarrelay.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.solarrelay.dryrun.SpecLint;
import org.solarrelay.routes.lint.Finding;
import org.solarrelay.routes.lint.FolderLint;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.startup.RouteFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code lint [folder]}: checks the files of a folder of routes. */
@Command(
    name = "lint",
    header = "Check route files without starting anything.",
    description = {
      "Checks route files, kamelets, schemas, specs, samples and the Kustomization. Reports each"
          + " problem with its position and what to write instead."
    },
    exitCodeList = {
      "0:the files are valid; there may be warnings",
      "1:a file is invalid; each problem is listed",
      "2:there is no such folder, or it cannot be read"
    },
    footer = {
      "  ./relay lint",
      "  ./relay lint /tmp/routes-of-tomorrow",
      "  ./relay lint --sarif > lint.sarif             for editors and code hosts"
    })
public final class LintCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "the folder; by default RELAY_ROUTES_DIR (routes)")
  private String folder;

  @ArgGroup private Formats formats = new Formats();

  @ParentCommand private RelayCommand parent;

  /** Options for the format, of which one may be given. */
  static final class Formats {
    @Option(names = "--json", description = "as JSON: an object for each problem")
    private boolean json;

    @Option(names = "--sarif", description = "as SARIF 2.1.0, for editors and builds")
    private boolean sarif;

    private LintReport.Format format() {
      if (sarif) {
        return LintReport.Format.SARIF;
      }
      return json ? LintReport.Format.JSON : LintReport.Format.TEXT;
    }
  }

  @Override
  public Integer call() {
    Path named = folder == null ? RouteFolder.named(parent.settings()) : Path.of(folder);
    return run(named, formats.format(), parent.out());
  }

  /**
   * @return the exit code: 0 if all files are valid, 1 if one is not, 2 without such a folder
   */
  static int run(Path folder, LintReport.Format format, PrintStream out) {
    if (!Files.isDirectory(folder)) {
      out.printf("There is no folder %s. Name one, or set RELAY_ROUTES_DIR.%n", folder);
      return 2;
    }
    try {
      LintReport report = new LintReport(folder, findings(folder));
      report.print(format, out);
      return report.errors() == 0 ? 0 : 1;
    } catch (IOException e) {
      out.printf("%s cannot be read: %s%n", folder, e.getMessage());
      return 2;
    }
  }

  private static List<Finding> findings(Path folder) throws IOException {
    return Stream.concat(FolderLint.findings(folder).stream(), SpecLint.findings(folder).stream())
        .distinct()
        .sorted(Comparator.comparing(Finding::problem, Problem.ORDER))
        .toList();
  }
}
