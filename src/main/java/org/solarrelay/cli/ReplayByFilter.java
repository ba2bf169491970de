package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.delivery.queue.BulkReplayState;
import picocli.CommandLine;

/** Replays all matches, after a count and a confirmation. */
final class ReplayByFilter {

  private final RelayApi api;
  private final CommandLine command;
  private final String path;
  private final Map<String, Object> query;

  /**
   * @param path the path of the operator API
   * @param query the query parameters
   */
  ReplayByFilter(RelayApi api, CommandLine command, String path, Map<String, Object> query) {
    this.api = api;
    this.command = command;
    this.path = path;
    this.query = query;
  }

  /**
   * @param noun the singular of what is replayed
   * @param criteria the filter, as text
   * @param dryRun whether to count only
   * @param yes whether to skip the confirmation
   * @return the exit code
   */
  int replay(String noun, String criteria, boolean dryRun, boolean yes) {
    long matched = call(true).path("matched").asLong();
    command.getOut().printf("%s%s%n", ConsoleFormat.count(matched, noun), criteria);
    if (dryRun || matched == 0) {
      return 0;
    }
    if (!yes && !confirmed()) {
      command.getOut().println("None was replayed");
      return 0;
    }
    JsonNode done = call(false);
    command.getOut().printf("%d replayed%n", done.path("replayed").asLong());
    long superseded = done.path("superseded").asLong();
    if (superseded > 0) {
      command.getOut().printf("%d skipped as superseded%n", superseded);
    }
    if (done.path("state").asText().equals(BulkReplayState.RUNNING.text())) {
      command
          .getOut()
          .printf("Replay %1$d goes on: GET /api/replays/%1$d%n", done.path("id").asLong());
    }
    if (done.path("capped").asBoolean()) {
      command
          .getOut()
          .printf(
              "That is the limit of %d. Run the command again for the rest.%n",
              done.path("limit").asLong());
    }
    return 0;
  }

  private JsonNode call(boolean dryRun) {
    Map<String, Object> parameters = new LinkedHashMap<>(query);
    parameters.put("dryRun", dryRun);
    return api.post(path + RelayUrls.query(parameters));
  }

  private static boolean confirmed() {
    Console console = System.console();
    if (console == null) {
      throw CommandException.cannotRun(
          "Standard input is no terminal: add --yes to replay them, or --dry-run to count them only.");
    }
    String answer = console.readLine("Replay them? [y/N] ");
    return answer != null && answer.strip().matches("(?i)y|yes");
  }
}
