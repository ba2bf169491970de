package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.function.ToIntFunction;
import picocli.CommandLine;

/** Runs an operation for several ids; an id that the relay rejects does not end the run. */
final class BatchRunner {

  private final RelayApi api;
  private final CommandLine command;

  BatchRunner(RelayApi api, CommandLine command) {
    this.api = api;
    this.command = command;
  }

  /**
   * @param operation processes one id and returns an exit code
   * @return the highest exit code
   */
  <T> int runAll(Collection<T> ids, ToIntFunction<T> operation) {
    int exitCode = 0;
    for (T id : ids) {
      try {
        exitCode = Math.max(exitCode, operation.applyAsInt(id));
      } catch (CommandException e) {
        if (e.exitCode() != 1) {
          throw e;
        }
        command.getErr().printf("%s: %s%n", id, TerminalText.clean(e.getMessage()));
        exitCode = 1;
      }
    }
    return exitCode;
  }

  /**
   * Posts to a delivery and prints its new state.
   *
   * @param action the end of the path, such as {@code /approve}
   * @return the exit code
   */
  int post(long delivery, String action) {
    return print(delivery, api.post("/api/deliveries/" + delivery + action));
  }

  /** Like {@link #post(long, String)}, with a body. */
  int post(long delivery, String action, JsonNode body) {
    return print(delivery, api.post("/api/deliveries/" + delivery + action, body));
  }

  private int print(long delivery, JsonNode now) {
    ConsoleFormat format = new ConsoleFormat(command.getColorScheme().ansi());
    String state = format.state(EventHistory.stateOf(now), 0);
    String reason = TerminalText.clean(now.path("reason").asText(""));
    String suffix = reason.isEmpty() ? "" : ", " + reason;
    command.getOut().printf("%d: %s%s%n", delivery, state, suffix);
    return 0;
  }
}
