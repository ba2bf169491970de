package org.solarrelay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Prints a response of the relay, as text or as JSON. */
final class ResultPrinter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final ConsoleFormat format;
  private final boolean json;

  ResultPrinter(CommandLine command, boolean json) {
    this.out = command.getOut();
    this.format = new ConsoleFormat(command.getColorScheme().ansi());
    this.json = json;
  }

  /**
   * @return the exit code
   */
  int printHistory(EventHistory history) {
    if (json) {
      printJson(history.json());
    } else {
      new EventHistoryFormatter(out, format).print(history);
    }
    return history.isDead() ? 1 : 0;
  }

  void printJson(JsonNode response) {
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(response));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
