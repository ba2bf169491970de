package org.solarrelay.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.solarrelay.routes.lint.Lint;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.startup.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code lint [folder]}: what is wrong with route files, with nothing started. */
@Command(
    name = "lint",
    header = "Say what is wrong with route files, with nothing started.",
    description = {"Of route files and kamelets: what is wrong, where, and how to mend it."},
    exitCodeList = {
      "0:the files can be used",
      "1:they can not; each problem is told",
      "2:there is no such folder"
    },
    footer = {"  ./relay lint", "  ./relay lint /tmp/routes-of-tomorrow"})
public final class LintCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "where they are: RELAY_ROUTES_DIR, by default routes")
  private String folder;

  @ParentCommand private RelayCommand parent;

  @Override
  public Integer call() {
    List<String> arguments = folder == null ? List.of() : List.of(folder);
    return run(arguments, parent.settings(), parent.out());
  }

  /**
   * @param arguments the folder, else it is {@code RELAY_ROUTES_DIR} or {@code routes}
   * @return 0 where the files can be used, 1 where they can not, 2 where there is no such folder
   */
  public static int run(List<String> arguments, Settings settings, PrintStream out) {
    String named =
        arguments.isEmpty() ? settings.get("RELAY_ROUTES_DIR").orElse("routes") : arguments.get(0);
    Path folder = Path.of(named);
    if (arguments.size() > 1 || !Files.isDirectory(folder)) {
      out.printf("There is no folder %s. Name one, or set RELAY_ROUTES_DIR.%n", named);
      return 2;
    }
    try {
      List<Problem> problems = new Lint().check(folder);
      problems.forEach(problem -> out.println(folder + "/" + problem));
      out.println(summary(problems, folder));
      ForPods.missing(folder)
          .forEach(
              file ->
                  out.printf("%s/Kustomization does not list %s: no pod gets it%n", folder, file));
      return problems.isEmpty() ? 0 : 1;
    } catch (IOException e) {
      out.printf("%s can not be read: %s%n", folder, e.getMessage());
      return 2;
    }
  }

  private static String summary(List<Problem> problems, Path folder) {
    long files = problems.stream().map(Problem::file).distinct().count();
    return problems.isEmpty()
        ? "The route files in %s are fine".formatted(folder)
        : "%s in %s".formatted(count(problems.size(), "problem"), count(files, "file"));
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
