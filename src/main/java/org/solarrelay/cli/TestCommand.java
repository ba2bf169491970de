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

/** {@code test [file…]}: runs route specs without starting anything. */
@Command(
    name = "test",
    header = "Run route specs without starting anything.",
    description = {
      "Specs run the routes in the folder RELAY_ROUTES_DIR (routes) with a simulated clock and stub vendors. For a"
          + " failed spec the expected and the actual result are printed. docs/test-a-route.md explains specs."
    },
    exitCodeList = {"0:all passed", "1:one failed", "2:the specs cannot run"},
    footer = {
      "  ./relay test",
      "  ./relay test deliver-flip                     all specs of a route",
      "  ./relay test routes/tests/fan-out.test.yaml"
    })
public final class TestCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "spec files or names of routes; by default all in routes/tests")
  private List<String> files = List.of();

  @ParentCommand private RelayCommand parent;

  @Override
  public Integer call() {
    return run(files, parent.settings(), parent.out());
  }

  /**
   * @param arguments spec files or names of routes; by default all in {@code tests/} of {@code
   *     RELAY_ROUTES_DIR}
   * @return the exit code: 0 if all passed, 1 if one failed, 2 if the specs cannot run
   */
  public static int run(List<String> arguments, StartupSettings settings, PrintStream out) {
    LogSilencer.silence();
    Path routes = RouteFolder.named(settings);
    return new SpecCommand(routes, out)
        .run(arguments.stream().map(argument -> file(argument, routes)).toList());
  }

  private static Path file(String argument, Path routes) {
    Path specOfRoute = routes.resolve("tests/" + argument + ".test.yaml");
    return Files.exists(specOfRoute) ? specOfRoute : Path.of(argument);
  }
}
