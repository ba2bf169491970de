package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code find TEXT}: finds records and events by an e-mail address, a phone, a name or an id. */
@Command(
    name = "find",
    header = "Find a customer's records and events by e-mail, phone, name or any id.",
    description = {
      "Prints the ids of each record at all systems, then the events, the newest first. ./relay explain shows the"
          + " history of one event."
    },
    exitCodeList = {
      "0:something is found",
      "1:nothing is found",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay find ada@example.com",
      "  ./relay find '(555) 123-0144'",
      "  ./relay find 'Ada Lovelace'",
      "  ./relay find 4711 --json | jq -r '.events[].id'"
    })
final class FindCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "TEXT",
      description =
          "an e-mail address, a phone number, a name, an id at any system, an event's id, a receipt, the number of a"
              + " delivery, or topic-partition-offset")
  private String text;

  @Option(names = "--json", description = "print the relay's JSON")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonNode found =
        relay.api().post("/api/search", JsonNodeFactory.instance.objectNode().put("text", text));
    if (json) {
      new ResultPrinter(spec.commandLine(), true).printJson(found);
    } else {
      print(found, spec.commandLine().getOut());
    }
    return isEmpty(found) ? 1 : 0;
  }

  private static boolean isEmpty(JsonNode found) {
    return found.path("records").isEmpty()
        && found.path("events").isEmpty()
        && found.path("messages").isEmpty();
  }

  private static void print(JsonNode found, PrintWriter out) {
    String kinds =
        stream(found.path("takenFor")).map(JsonNode::asText).collect(Collectors.joining(", "));
    out.println((isEmpty(found) ? "Nothing found. Taken for: " : "Taken for: ") + kinds);
    for (JsonNode record : found.path("records")) {
      out.println();
      out.printf("%s %s%n", text(record, "kind"), text(record, "record"));
      TextTable ids = new TextTable("SYSTEM", "KIND", "ID", "LEARNT FROM");
      for (JsonNode id : record.path("ids")) {
        ids.add(
            List.of(text(id, "system"), text(id, "kind"), text(id, "id"), text(id, "learntFrom")));
      }
      ids.print(out);
    }
    for (JsonNode message : found.path("messages")) {
      out.println();
      out.println("message " + TerminalText.clean(message.asText()) + ", which is no event");
    }
    if (!found.path("events").isEmpty()) {
      out.println();
      printEvents(found.path("events"), out);
    }
    out.flush();
  }

  private static void printEvents(JsonNode events, PrintWriter out) {
    TextTable table = new TextTable("RECORDED", "EVENT", "OF", "ABOUT", "ID", "DELIVERIES");
    for (JsonNode event : events) {
      table.add(
          List.of(
              ConsoleFormat.time(event.path("recordedAt").asText()),
              text(event, "type"),
              text(event, "source"),
              text(event, "subject"),
              text(event, "id"),
              stream(event.path("deliveries"))
                  .map(one -> text(one, "destination") + " " + text(one, "state"))
                  .collect(Collectors.joining(", "))));
    }
    table.print(out);
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.clean(node.path(name).asText(""));
  }
}
