package org.solarrelay.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.solarrelay.startup.Settings;

/** What the program does instead of relaying when it is started with a word behind it. */
public final class Commands {

  private Commands() {}

  /** Something to be done, and its exit code. */
  public interface Command {
    int run(Settings settings);
  }

  /** The command that a program's arguments begin with, with the others for it. */
  public static Optional<Command> named(String... arguments) {
    if (arguments.length == 0) {
      return Optional.empty();
    }
    List<String> others = Arrays.asList(arguments).subList(1, arguments.length);
    return switch (arguments[0]) {
      case "lint" -> Optional.of(settings -> LintCommand.run(others, settings, System.out));
      case "test" -> Optional.of(settings -> TestCommand.run(others, settings, System.out));
      case "preview" -> Optional.of(settings -> PreviewCommand.run(others, settings, System.out));
      default -> Optional.empty();
    };
  }
}
