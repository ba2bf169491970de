package org.solarrelay.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: what failed is tried again, once its cause is mended. */
@Command(
    name = "replay",
    header = "Try again what failed, once its cause is mended.",
    description = {
      "One by its id; or all that fit, oldest first. All that fit are counted first, and you are asked. A replay never"
          + " lets an older state overwrite a newer one: what has been overtaken is skipped. ./relay deliveries lists what"
          + " the same options choose."
    },
    exitCodeList = {
      "0:they are tried again; with --dry-run they would be",
      "1:one of those named can not be replayed",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay replay 12                                     delivery 12",
      "  ./relay replay 12 13 --dry-run                        what would become of these two",
      "  ./relay replay ddf20a86-be72-491f-93dd-3fb7d3e9f2a8   what is dead of this webhook",
      "  ./relay replay --state dead --destination enerflo --since 24h --dry-run",
      "  ./relay replay --reason 'state is not valid' --since 2026-01-30 --until 2026-01-31",
      "  ./relay replay --messages --source enerflo --since 2026-01-31 --yes"
    })
final class ReplayCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description =
          "a delivery's number; or a receipt, an event's id or a place on a topic: then all that is dead of it")
  private List<String> ids = List.of();

  @Mixin private DeliveryOptions filter;
  @Mixin private MessageOptions messages;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "how many at most; by default 1000, at most 10000")
  private Integer limit;

  @Option(names = "--force", description = "also what was delivered: it is delivered once more")
  private boolean force;

  @Option(
      names = "--dry-run",
      description = "send nothing: count what fits, or say what would become of those named")
  private boolean dryRun;

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean many = filter.given() || messages.given();
    if (ids.isEmpty() == !many) {
      throw CommandException.unusable(
          "Name what is replayed by its id, or choose by --state, --destination, --subject, --type, --reason, --status,"
              + " --since, --until or --messages. All dead deliveries are: --state dead");
    }
    CommandLine command = spec.commandLine();
    if (!many) {
      return new ReplayOne(relay.api().as(operator.name()), command, force, dryRun).all(ids);
    }
    return messages.given() ? messages(command) : deliveries(command);
  }

  private int deliveries(CommandLine command) {
    Map<String, Object> query = filter.query();
    query.putIfAbsent("state", "dead");
    String criteria = DeliveryOptions.words(query);
    query.put("force", force ? true : null);
    query.put("limit", limit);
    return new ReplayMany(relay.api().as(operator.name()), command, "/api/deliveries/replay", query)
        .replay("delivery", criteria, dryRun, yes);
  }

  private int messages(CommandLine command) {
    Map<String, Object> query = messages.query(filter);
    String criteria = DeliveryOptions.words(query);
    query.put("limit", limit);
    return new ReplayMany(relay.api().as(operator.name()), command, "/api/events/replay", query)
        .replay("dead message", criteria, dryRun, yes);
  }
}
