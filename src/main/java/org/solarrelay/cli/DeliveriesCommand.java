package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
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

  private static final int MAX_PAGE_SIZE = 500;

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
    ArrayNode found = JsonNodeFactory.instance.arrayNode();
    ProgressLine progress = new ProgressLine(command.getErr(), command.getColorScheme().ansi());
    JsonNode next = messages.isSet() ? messages(found, progress) : deliveries(found, progress);
    progress.end();
    if (json) {
      ObjectNode list = JsonNodeFactory.instance.objectNode();
      list.set("items", found);
      list.set("next", next);
      new ResultPrinter(command, true).printJson(list);
    } else {
      print(found, command);
      if (next.isTextual()) {
        command.getErr().printf("The newest %d; --limit shows more%n", found.size());
      }
    }
    return 0;
  }

  private void print(ArrayNode found, CommandLine command) {
    if (messages.isSet()) {
      DeadMessageTable.print(found, command.getOut());
    } else {
      DeliveryTable.print(
          found, command.getOut(), new ConsoleFormat(command.getColorScheme().ansi()));
    }
  }

  private JsonNode deliveries(ArrayNode found, ProgressLine progress) {
    return fetchAll("/api/deliveries", filter.query(), "delivery", found, progress);
  }

  private JsonNode messages(ArrayNode found, ProgressLine progress) {
    return fetchAll("/api/events", messages.query(filter), "dead message", found, progress);
  }

  private JsonNode fetchAll(
      String path, Map<String, Object> query, String noun, ArrayNode found, ProgressLine progress) {
    RelayApi api = relay.api();
    JsonNode next;
    do {
      query.put("limit", Math.min(Math.max(limit - found.size(), 1), MAX_PAGE_SIZE));
      JsonNode page = api.get(path + RelayUrls.query(query));
      page.path("items").forEach(found::add);
      next = page.path("next");
      query.put("cursor", next.asText());
      progress.show(ConsoleFormat.count(found.size(), noun));
    } while (next.isTextual() && found.size() < limit);
    return next;
  }
}
