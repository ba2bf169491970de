package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** Replays all that fit, once they have been counted and somebody said yes. */
final class ReplayMany {

  private final RelayApi api;
  private final CommandLine command;
  private final String path;
  private final Map<String, Object> query;

  /**
   * @param path of the operator API
   * @param query its parameters
   */
  ReplayMany(RelayApi api, CommandLine command, String path, Map<String, Object> query) {
    this.api = api;
    this.command = command;
    this.path = path;
    this.query = query;
  }

  /**
   * @param what one of them in a word
   * @param criteria by which they were chosen, in words
   * @param dryRun whether they are only counted
   * @param yes whether nobody is asked
   * @return the exit code
   */
  int replay(String what, String criteria, boolean dryRun, boolean yes) {
    long matched = call(true).path("matched").asLong();
    command.getOut().printf("%s%s%n", ConsoleFormat.count(matched, what), criteria);
    if (dryRun || matched == 0) {
      return 0;
    }
    if (!yes && !agreed()) {
      command.getOut().println("None was replayed");
      return 0;
    }
    JsonNode done = call(false);
    command.getOut().printf("%d replayed%n", done.path("replayed").asLong());
    long superseded = done.path("superseded").asLong();
    if (superseded > 0) {
      command
          .getOut()
          .printf("%d skipped: something later has reached the destination%n", superseded);
    }
    if (done.path("capped").asBoolean()) {
      command
          .getOut()
          .printf(
              "That is as many as --limit allows, %d. Run it again for the rest.%n",
              done.path("limit").asLong());
    }
    return 0;
  }

  private JsonNode call(boolean dryRun) {
    Map<String, Object> parameters = new LinkedHashMap<>(query);
    parameters.put("dryRun", dryRun);
    return api.post(path + RelayUrls.query(parameters));
  }

  private static boolean agreed() {
    Console console = System.console();
    if (console == null) {
      throw CommandException.unusable(
          "There is nobody to ask: add --yes to replay them, or --dry-run to count them only.");
    }
    String answer = console.readLine("Replay them? [y/N] ");
    return answer != null && answer.strip().matches("(?i)y|yes");
  }
}
