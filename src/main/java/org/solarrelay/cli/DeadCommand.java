package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dead}: lists the groups of dead letters. */
@Command(
    name = "dead",
    header = "List what failed, in groups of one cause.",
    description = {
      "Dead deliveries and messages are in one group if they failed in the same stage and at the"
          + " same destination, with the same event type, and with the same reason, apart from ids,"
          + " numbers and e-mail addresses in it. Open groups come first. An acknowledged group"
          + " opens again with its next dead letter."
    },
    exitCodeList = {
      "0:the list is printed, even if it is empty",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay dead --state open",
      "  ./relay dead --destination enerflo --json | jq -r '.items[].reason'",
      "  ./relay dead ack 3f9c51e0a7b2 --note 'the vendor fixes it on Monday'",
      "  ./relay replay --fingerprint 3f9c51e0a7b2 --dry-run"
    },
    subcommands = {DeadAckCommand.class, DeadReopenCommand.class})
final class DeadCommand implements Callable<Integer> {

  @Option(
      names = "--destination",
      paramLabel = "NAME",
      description = "enerflo, solarproof, flip, crm or one of your own")
  private String destination;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "the event's type, such as lead.submitted")
  private String type;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "deliver, translate, fan-out or the id of a route")
  private String stage;

  @Option(names = "--state", paramLabel = "STATE", description = "open or acknowledged")
  private String state;

  @Option(names = "--json", description = "print the relay's JSON")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("destination", destination);
    query.put("type", type);
    query.put("stage", stage);
    query.put("state", state);
    JsonNode groups = relay.api().get("/api/dead-groups" + RelayUrls.query(query));
    if (json) {
      new ResultPrinter(spec.commandLine(), true).printJson(groups);
    } else {
      DeadGroupTable.print(groups.path("items"), spec.commandLine().getOut());
    }
    return 0;
  }
}
