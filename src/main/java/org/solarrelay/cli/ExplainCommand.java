package org.solarrelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain ID}: prints the history of an event, webhook, delivery or message. */
@Command(
    name = "explain",
    header = "Show the history of a webhook, an event, a delivery or a message.",
    description = {
      "Its events, and for each destination the state, the attempts with their responses, and the time of the next"
          + " attempt."
    },
    exitCodeList = {
      "0:nothing is dead",
      "1:the message or a delivery is dead, or the id is unknown",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay explain ddf20a86-be72-491f-93dd-3fb7d3e9f2a8",
      "  ./relay explain 273",
      "  ./relay explain solar.leads-6-2",
      "  ./relay explain --json $(./relay send lead.json)"
    })
final class ExplainCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ID",
      description =
          "a webhook's receipt, an event's id, the number of a delivery, or topic-partition-offset of a message on"
              + " Kafka")
  private String id;

  @Option(names = "--json", description = "print the relay's JSON")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ResultPrinter printer = new ResultPrinter(spec.commandLine(), json);
    return relay
        .api()
        .find(OutcomePoller.path(id))
        .map(EventHistory::new)
        .map(printer::printHistory)
        .orElseThrow(
            () ->
                CommandException.rejected(
                    "The id %s is unknown: no receipt, event, delivery or message of this relay has it. Finished events are"
                            .formatted(id)
                        + " kept for RELAY_RETENTION (30 days)."));
  }
}
