package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.function.ToIntFunction;
import picocli.CommandLine;

/** Asks the same of several; one that is refused does not keep the others from it. */
final class BatchRunner {

  private final RelayApi api;
  private final CommandLine command;

  BatchRunner(RelayApi api, CommandLine command) {
    this.api = api;
    this.command = command;
  }

  /**
   * @param one does it for one of them and returns an exit code
   * @return the highest exit code
   */
  <T> int all(Collection<T> ids, ToIntFunction<T> one) {
    int exitCode = 0;
    for (T id : ids) {
      try {
        exitCode = Math.max(exitCode, one.applyAsInt(id));
      } catch (CommandException e) {
        if (e.exitCode() != 1) {
          throw e;
        }
        command.getErr().printf("%s: %s%n", id, TerminalText.text(e.getMessage()));
        exitCode = 1;
      }
    }
    return exitCode;
  }

  /**
   * Posts to a delivery and tells how it stands then.
   *
   * @param what behind the delivery's path
   * @return the exit code
   */
  int post(long delivery, String what) {
    return show(delivery, api.post("/api/deliveries/" + delivery + what));
  }

  /** As {@link #post(long, String)}, with a body. */
  int post(long delivery, String what, JsonNode body) {
    return show(delivery, api.post("/api/deliveries/" + delivery + what, body));
  }

  private int show(long delivery, JsonNode now) {
    ConsoleFormat paint = new ConsoleFormat(command.getColorScheme().ansi());
    String state = paint.state(EventHistory.state(now), 0);
    String reason = TerminalText.text(now.path("reason").asText(""));
    String why = reason.isEmpty() ? "" : ", " + reason;
    command.getOut().printf("%d: %s%s%n", delivery, state, why);
    return 0;
  }
}
