package org.solarrelay.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.solarrelay.rehearsal.SpecCommand;
import org.solarrelay.startup.Settings;

/** {@code test [file…]}: runs route specs, with nothing started. */
public final class TestCommand {

  private TestCommand() {}

  /**
   * @param arguments spec files, else all in {@code tests/} of {@code RELAY_ROUTES_DIR}
   * @return 0 where all passed, 1 where one failed, 2 where they can not be run
   */
  public static int run(List<String> arguments, Settings settings, PrintStream out) {
    Quiet.begin();
    Path routes = Path.of(settings.get("RELAY_ROUTES_DIR").orElse("routes"));
    return new SpecCommand(routes, out).run(arguments.stream().map(Path::of).toList());
  }
}
