package org.solarrelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain ID}: what became of an event, a webhook or a message. */
@Command(
    name = "explain",
    header = "Show what became of a webhook, an event, a delivery or a message.",
    description = {
      "Which events it became, and of each destination how it stands, what was tried and answered, and when it is"
          + " tried next."
    },
    exitCodeList = {
      "0:nothing of it is dead",
      "1:something of it is dead, or nothing is known of it",
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

  @Option(names = "--json", description = "what the relay answers, as it is")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ResultPrinter told = new ResultPrinter(spec.commandLine(), json);
    return relay
        .api()
        .find(OutcomePoller.path(id))
        .map(EventHistory::new)
        .map(told::story)
        .orElseThrow(
            () ->
                CommandException.refused(
                    "Nothing is known of %s. It is no receipt of this relay, no event, no delivery and no message on its"
                            .formatted(id)
                        + " topics; what is over is kept for RELAY_RETENTION (30 days)."));
  }
}
