package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.delivery.queue.DeliveryState;
import picocli.CommandLine;

/**
 * Replays deliveries by their numbers, and messages by their ids. Where a message became events,
 * their dead deliveries are replayed.
 */
final class ReplayById {

  private final RelayApi api;
  private final BatchRunner runner;
  private final CommandLine command;
  private final boolean force;
  private final boolean dryRun;

  /**
   * @param force whether to replay deliveries that are delivered
   * @param dryRun whether to print the effect only
   */
  ReplayById(RelayApi api, CommandLine command, boolean force, boolean dryRun) {
    this.api = api;
    this.runner = new BatchRunner(api, command);
    this.command = command;
    this.force = force;
    this.dryRun = dryRun;
  }

  /**
   * @param ids numbers of deliveries; receipts, event ids or record positions
   * @return the exit code
   */
  int replayAll(List<String> ids) {
    int exitCode = runner.runAll(ids, this::replay);
    if (dryRun) {
      command.getOut().println("Nothing was sent");
    }
    return exitCode;
  }

  private int replay(String id) {
    return id.matches("\\d{1,18}") ? replayDelivery(Long.parseLong(id)) : replayMessage(id);
  }

  private int replayDelivery(long id) {
    if (!dryRun) {
      return runner.post(id, action(force));
    }
    String path = "/api/deliveries/" + id;
    JsonNode delivery = api.get(path);
    JsonNode dryRunResult = api.post(path + action(force));
    command
        .getOut()
        .printf(
            "%d: would be %s: %s about %s to %s, %s%n",
            id,
            EventHistory.isIn(dryRunResult, DeliveryState.SKIPPED)
                ? "skipped, " + text(dryRunResult, "reason")
                : "replayed",
            text(delivery, "type"),
            text(delivery, "subject"),
            text(delivery, "destination"),
            state(EventHistory.stateOf(delivery), text(delivery, "reason")));
    return 0;
  }

  private int replayMessage(String id) {
    EventHistory history =
        api.find(OutcomePoller.path(id))
            .map(EventHistory::new)
            .orElseThrow(() -> CommandException.rejected("The id is unknown"));
    if (!history.hasEvents()) {
      return replayDeadMessage(id, history);
    }
    List<Long> dead =
        history
            .deliveries()
            .filter(delivery -> EventHistory.isIn(delivery, DeliveryState.DEAD))
            .map(delivery -> delivery.path("id").asLong())
            .toList();
    if (dead.isEmpty()) {
      throw CommandException.rejected(
          "Nothing of it is dead. To replay another delivery, name its number, which ./relay explain"
              + " shows");
    }
    return runner.runAll(dead, this::replayDelivery);
  }

  private int replayDeadMessage(String id, EventHistory history) {
    JsonNode replayed = api.post(OutcomePoller.path(id) + action(false));
    if (dryRun) {
      String reason = text(history.json(), "reason");
      command.getOut().printf("%s: would be sent again: %s%n", id, state(history.state(), reason));
    } else {
      command.getOut().printf("%s: sent again, as %s%n", id, text(replayed, "place"));
    }
    return 0;
  }

  /**
   * The end of the URL, with {@code dryRun} in a dry run.
   *
   * @param force whether to replay a delivery that is delivered; false for a message, whose request
   *     has no such parameter
   */
  private String action(boolean force) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (force) {
      parameters.put("force", true);
    }
    if (dryRun) {
      parameters.put("dryRun", true);
    }
    return parameters.isEmpty() ? "/replay" : "/replay" + RelayUrls.query(parameters);
  }

  private static String state(String state, String reason) {
    return reason.isEmpty() ? state : state + ", " + reason;
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.clean(node.path(name).asText(""));
  }
}
