package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine;

/** Replays what is named: a delivery, or what is dead of a message. */
final class ReplayOne {

  private final RelayApi api;
  private final Each each;
  private final CommandLine command;
  private final String replay;

  /**
   * @param force whether a delivery that was delivered may be delivered once more
   */
  ReplayOne(RelayApi api, CommandLine command, boolean force) {
    this.api = api;
    this.each = new Each(api, command);
    this.command = command;
    this.replay = "/replay" + (force ? "?force=true" : "");
  }

  /**
   * @param ids numbers of deliveries; receipts, ids of events, or places
   * @return the exit code
   */
  int all(List<String> ids) {
    return each.all(ids, this::one);
  }

  private int one(String id) {
    return id.matches("\\d{1,18}") ? each.post(Long.parseLong(id), replay) : message(id);
  }

  private int message(String id) {
    EventHistory story =
        api.find(Waiting.path(id))
            .map(EventHistory::new)
            .orElseThrow(() -> CommandException.refused("Nothing is known of it"));
    if (!story.state().equals("events")) {
      JsonNode now = api.post(Waiting.path(id) + "/replay");
      command.getOut().printf("%s: sent again, as %s%n", id, now.path("place").asText());
      return 0;
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
    return each.all(dead, delivery -> each.post(delivery, replay));
  }
}
