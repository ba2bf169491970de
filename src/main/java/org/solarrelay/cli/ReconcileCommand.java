package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reconcile VENDOR}: finds what no webhook of a vendor reported. */
@Command(
    name = "reconcile",
    header = "Find and publish what no webhook of a vendor reported.",
    description = {
      "The relay compares the vendor's lists with what it knows, page by page, behind its deliveries."
          + " Before the first run has succeeded, a run only learns. Ctrl-C ends the command, not the run."
    },
    exitCodeList = {
      "0:the run succeeded",
      "1:the run was rejected or failed, or another one is at work",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay reconcile enerflo --dry-run",
      "  ./relay reconcile solarproof",
      "  ./relay reconcile enerflo --since 24h --json | jq '.changes[].events'"
    })
final class ReconcileCommand implements Callable<Integer> {

  private static final Set<String> ACTIVE = Set.of("listing", "publishing");
  private static final Duration POLL = Duration.ofSeconds(1);

  @Parameters(paramLabel = "VENDOR", description = "enerflo or solarproof")
  private String vendor;

  @Option(names = "--dry-run", description = "show what the run would publish, and publish nothing")
  private boolean dryRun;

  @Option(
      names = "--any-length",
      description = "accept a list with less than half of the records of the last good one")
  private boolean anyLength;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      converter = SinceConverter.class,
      description = "only records that changed since, such as 24h or 2026-12-01T00:00:00Z")
  private OffsetDateTime since;

  @Option(names = "--json", description = "print the relay's JSON")
  private boolean json;

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RelayApi api = relay.api().as(operator.name());
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("dryRun", dryRun).put("anyLength", anyLength);
    if (since != null) {
      options.put("since", since.toString());
    }
    JsonNode started = api.post("/api/reconcile/" + TerminalText.clean(vendor), options);
    String path = "/api/reconcile/runs/" + started.path("id").asLong();
    JsonNode run = api.get(path);
    while (ACTIVE.contains(run.path("state").asText())) {
      PollInterval.await(POLL);
      run = api.get(path);
    }
    if (json) {
      new ResultPrinter(spec.commandLine(), true).printJson(run);
    } else {
      print(run, spec.commandLine().getOut());
    }
    return run.path("state").asText().equals("succeeded") ? 0 : 1;
  }

  private static void print(JsonNode run, PrintWriter out) {
    out.printf("Run %d %s%s%n", run.path("id").asLong(), text(run, "state"), detail(run));
    TextTable lists = new TextTable("LIST", "RECORDS", "MISSED", "DELETED");
    for (JsonNode list : run.path("lists")) {
      int missed = 0;
      for (JsonNode number : list.path("missed")) {
        missed += number.asInt();
      }
      lists.add(
          List.of(text(list, "kind"), text(list, "records"), "" + missed, text(list, "deleted")));
    }
    lists.print(out);
    if (!run.path("changes").isEmpty()) {
      out.println();
      printChanges(run, out);
    }
    out.flush();
  }

  private static void printChanges(JsonNode run, PrintWriter out) {
    TextTable changes = new TextTable("LIST", "RECORD", "DECISION", "CHANGE", "EVENT", "ID");
    for (JsonNode change : run.path("changes")) {
      if (change.path("events").isEmpty()) {
        changes.add(
            List.of(
                text(change, "kind"), text(change, "id"), text(change, "decision"), "", "", ""));
      }
      for (JsonNode event : change.path("events")) {
        changes.add(
            List.of(
                text(change, "kind"),
                text(change, "id"),
                text(change, "decision"),
                text(event, "change"),
                text(event, "type"),
                text(event, "id")));
      }
    }
    changes.print(out);
  }

  private static String detail(JsonNode run) {
    String kind = run.path("learning").asBoolean() ? ", it only learned" : "";
    String dry = run.path("dryRun").asBoolean() ? ", as a dry run" : "";
    String why = run.path("detail").isTextual() ? ": " + text(run, "detail") : "";
    return dry + kind + why;
  }

  private static String text(JsonNode node, String name) {
    return TerminalText.clean(node.path(name).asText(""));
  }
}
