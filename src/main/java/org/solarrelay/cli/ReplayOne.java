package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Replays what is named: a delivery, or what is dead of a message. */
final class ReplayOne {

  private final RelayApi api;
  private final BatchRunner each;
  private final CommandLine command;
  private final boolean force;
  private final boolean dryRun;

  /**
   * @param force whether a delivery that was delivered may be delivered once more
   * @param dryRun whether nothing is sent, and only said what would become of it
   */
  ReplayOne(RelayApi api, CommandLine command, boolean force, boolean dryRun) {
    this.api = api;
    this.each = new BatchRunner(api, command);
    this.command = command;
    this.force = force;
    this.dryRun = dryRun;
  }

  /**
   * @param ids numbers of deliveries; receipts, ids of events, or places
   * @return the exit code
   */
  int all(List<String> ids) {
    int exitCode = each.all(ids, this::one);
    if (dryRun) {
      command.getOut().println("Nothing was sent");
    }
    return exitCode;
  }

  private int one(String id) {
    return id.matches("\\d{1,18}") ? delivery(Long.parseLong(id)) : message(id);
  }

  private int delivery(long id) {
    if (!dryRun) {
      return each.post(id, replay(force));
    }
    String path = "/api/deliveries/" + id;
    JsonNode delivery = api.get(path);
    JsonNode would = api.post(path + replay(force));
    command
        .getOut()
        .printf(
            "%d: would be %s: %s about %s to %s, %s%n",
            id,
            EventHistory.state(would).equals("skipped")
                ? "skipped, " + text(would, "reason")
                : "tried again",
            text(delivery, "type"),
            text(delivery, "subject"),
            text(delivery, "destination"),
            state(EventHistory.state(delivery), text(delivery, "reason")));
    return 0;
  }

  private int message(String id) {
    EventHistory story =
        api.find(OutcomePoller.path(id))
            .map(EventHistory::new)
            .orElseThrow(() -> CommandException.refused("Nothing is known of it"));
    if (!story.state().equals("events")) {
      return deadMessage(id, story);
    }
    List<Long> dead =
        story
            .deliveries()
            .filter(delivery -> EventHistory.state(delivery).equals("dead"))
            .map(delivery -> delivery.path("id").asLong())
            .toList();
    if (dead.isEmpty()) {
      throw CommandException.refused(
          "Nothing of it is dead. Any other delivery is replayed by its number, which ./relay"
              + " explain tells");
    }
    return each.all(dead, this::delivery);
  }

  private int deadMessage(String id, EventHistory story) {
    JsonNode now = api.post(OutcomePoller.path(id) + replay(false));
    if (dryRun) {
      String reason = text(story.json(), "reason");
      command.getOut().printf("%s: would be sent again: %s%n", id, state(story.state(), reason));
    } else {
      command.getOut().printf("%s: sent again, as %s%n", id, text(now, "place"));
    }
    return 0;
  }

  /** The end of a URL; what is not asked for is left out of it. */
  private String replay(boolean forced) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (forced) {
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
    return TerminalText.text(node.path(name).asText(""));
  }
}
