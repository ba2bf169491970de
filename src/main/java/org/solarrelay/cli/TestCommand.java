package org.solarrelay.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.solarrelay.dryrun.SpecCommand;
import org.solarrelay.startup.RouteFolder;
import org.solarrelay.startup.StartupSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code test [file…]}: runs route specs, with nothing started. */
@Command(
    name = "test",
    header = "Run route specs, with nothing started.",
    description = {
      "They run the routes of RELAY_ROUTES_DIR, by default routes, with time and vendors simulated. Of a spec that"
          + " fails it shows what was expected and what came. docs/test-a-route.md says how specs are written."
    },
    exitCodeList = {"0:all passed", "1:one failed", "2:they can not be run"},
    footer = {
      "  ./relay test",
      "  ./relay test deliver-flip                     all specs of a route",
      "  ./relay test routes/tests/fan-out.test.yaml"
    })
public final class TestCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "specs, or names of routes; by default all in routes/tests")
  private List<String> files = List.of();

  @ParentCommand private RelayCommand parent;

  @Override
  public Integer call() {
    return run(files, parent.settings(), parent.out());
  }

  /**
   * @param arguments spec files or names of routes, else all in {@code tests/} of {@code
   *     RELAY_ROUTES_DIR}
   * @return 0 where all passed, 1 where one failed, 2 where they can not be run
   */
  public static int run(List<String> arguments, StartupSettings settings, PrintStream out) {
    LogSilencer.begin();
    Path routes = RouteFolder.named(settings);
    return new SpecCommand(routes, out)
        .run(arguments.stream().map(argument -> file(argument, routes)).toList());
  }

  private static Path file(String argument, Path routes) {
    Path ofRoute = routes.resolve("tests/" + argument + ".test.yaml");
    return Files.exists(ofRoute) ? ofRoute : Path.of(argument);
  }
}
