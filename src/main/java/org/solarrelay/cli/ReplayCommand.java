package org.solarrelay.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.solarrelay.delivery.queue.DeliveryState;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: replays dead deliveries and messages. */
@Command(
    name = "replay",
    header = "Replay dead deliveries and messages, once the cause is fixed.",
    description = {
      "Replays one by its id, or all that match the options, oldest first, after a count and a question. A replay"
          + " never lets an older state overwrite a newer one: superseded deliveries are skipped. ./relay deliveries"
          + " with the same options lists them."
    },
    exitCodeList = {
      "0:they are replayed; with --dry-run they would be",
      "1:one of the ids cannot be replayed",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay replay 12                                     delivery 12",
      "  ./relay replay 12 13 --dry-run                        what a replay of these two would do",
      "  ./relay replay ddf20a86-be72-491f-93dd-3fb7d3e9f2a8   all that is dead of this webhook",
      "  ./relay replay --state dead --destination enerflo --since 24h --dry-run",
      "  ./relay replay --fingerprint 3f9c51e0a7b2             the deliveries of a group of ./relay dead",
      "  ./relay replay --reason 'state is not valid' --since 2026-01-30 --until 2026-01-31",
      "  ./relay replay --messages --source enerflo --since 2026-01-31 --yes"
    })
final class ReplayCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description =
          "a delivery's number; or a receipt, event id or record position, for all that is dead of it")
  private List<String> ids = List.of();

  @Mixin private DeliveryOptions filter;
  @Mixin private MessageOptions messages;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "the maximum number, up to 10000; by default 1000")
  private Integer limit;

  @Option(names = "--force", description = "also replay delivered ones: they are delivered again")
  private boolean force;

  @Option(
      names = "--dry-run",
      description = "send nothing: count the matches, or show what a replay of the ids would do")
  private boolean dryRun;

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean many = filter.isSet() || messages.isSet();
    if (ids.isEmpty() == !many) {
      throw CommandException.cannotRun(
          "Name ids, or filter by --state, --destination, --subject, --type, --reason, --status,"
              + " --fingerprint, --since, --until or --messages. For all dead deliveries: --state dead");
    }
    CommandLine command = spec.commandLine();
    if (!many) {
      return new ReplayById(relay.api().as(operator.name()), command, force, dryRun).replayAll(ids);
    }
    return messages.isSet() ? messages(command) : deliveries(command);
  }

  private int deliveries(CommandLine command) {
    Map<String, Object> query = filter.query();
    query.putIfAbsent("state", DeliveryState.DEAD.text());
    String criteria = DeliveryOptions.describe(query);
    query.put("force", force ? true : null);
    query.put("limit", limit);
    return new ReplayByFilter(
            relay.api().as(operator.name()), command, "/api/deliveries/replay", query)
        .replay("delivery", criteria, dryRun, yes);
  }

  private int messages(CommandLine command) {
    Map<String, Object> query = messages.query(filter);
    String criteria = DeliveryOptions.describe(query);
    query.put("limit", limit);
    return new ReplayByFilter(relay.api().as(operator.name()), command, "/api/events/replay", query)
        .replay("dead message", criteria, dryRun, yes);
  }
}
