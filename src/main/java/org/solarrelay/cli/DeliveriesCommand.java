package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deliveries}: lists deliveries or dead messages, newest first. */
@Command(
    name = "deliveries",
    header = "List deliveries with state and reason.",
    description = {
      "A delivery is one event for one destination. The newest come first. With --messages it lists messages that are"
          + " dead before they became events. ./relay replay takes the same options."
    },
    exitCodeList = {
      "0:the list is printed, even if it is empty",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay deliveries",
      "  ./relay deliveries --state dead --destination enerflo --since 2026-01-31",
      "  ./relay deliveries --state dead --status 422 --reason 'state is not valid'",
      "  ./relay deliveries --messages --stage translate --since 24h",
      "  ./relay deliveries --subject yj3Shbi2 --json | jq '.items[].reason'"
    })
final class DeliveriesCommand implements Callable<Integer> {

  @Mixin private DeliveryOptions filter;
  @Mixin private MessageOptions messages;

  @Option(names = "--limit", paramLabel = "N", description = "the maximum number; by default 100")
  private int limit = 100;

  @Option(names = "--json", description = "print the relay's JSON, in one list")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    PagedList list = new PagedList(relay.api(), command, limit);
    if (messages.isSet()) {
      list.fetch("/api/events", messages.query(filter), "dead message");
    } else {
      list.fetch("/api/deliveries", filter.query(), "delivery");
    }
    list.print(json, found -> print(found, command));
    return 0;
  }

  private void print(JsonNode found, CommandLine command) {
    if (messages.isSet()) {
      DeadMessageTable.print(found, command.getOut());
    } else {
      DeliveryTable.print(
          found, command.getOut(), new ConsoleFormat(command.getColorScheme().ansi()));
    }
  }
}
