package org.solarrelay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Prints what the relay answered, for a person or for a program. */
final class ResultPrinter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final ConsoleFormat paint;
  private final boolean json;

  ResultPrinter(CommandLine command, boolean json) {
    this.out = command.getOut();
    this.paint = new ConsoleFormat(command.getColorScheme().ansi());
    this.json = json;
  }

  /**
   * @return the exit code
   */
  int story(EventHistory story) {
    if (json) {
      raw(story.json());
    } else {
      new EventHistoryFormatter(out, paint).tell(story);
    }
    return story.failed() ? 1 : 0;
  }

  void raw(JsonNode answer) {
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
