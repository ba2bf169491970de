package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code activity}: lists who did what, newest first. */
@Command(
    name = "activity",
    header = "List who did what.",
    description = {
      "The actions of operators, in the console, by the operator API and by ./relay, and the changes of route files."
          + " The newest come first."
    },
    exitCodeList = {
      "0:the list is printed, even if it is empty",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay activity --since 24h",
      "  ./relay activity --who ada --action replay",
      "  ./relay activity --json | jq -r '.items[].who' | sort | uniq -c"
    })
final class ActivityCommand implements Callable<Integer> {

  @Option(names = "--who", paramLabel = "NAME", description = "the name, in upper or lower case")
  private String who;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "such as replay, pause, export or route-in-force")
  private String action;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "done at or after this time: 90m, 24h, 7d, 2026-01-31, or 2026-01-31T08:00:00Z")
  private OffsetDateTime since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "done before this time, in the same forms")
  private OffsetDateTime until;

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
    list.fetch("/api/activity", query(), "activity");
    list.print(json, found -> print(found, command.getOut()));
    return 0;
  }

  private Map<String, Object> query() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("who", who);
    query.put("action", action);
    query.put("since", since);
    query.put("until", until);
    return query;
  }

  private static void print(JsonNode activities, PrintWriter out) {
    if (activities.isEmpty()) {
      out.println("No activities");
      return;
    }
    TextTable table = new TextTable("TIME", "WHO", "ACTION", "KIND", "WHAT", "COUNT", "DETAILS");
    for (JsonNode activity : activities) {
      table.add(
          List.of(
              ConsoleFormat.time(activity.path("at").asText()),
              activity.path("who").asText(),
              activity.path("action").asText(),
              activity.path("kind").asText(),
              activity.path("subject").asText(""),
              activity.path("count").asText(""),
              activity.path("details").asText("")));
    }
    table.print(out);
  }
}
