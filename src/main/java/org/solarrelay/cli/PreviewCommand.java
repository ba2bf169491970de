package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.solarrelay.dryrun.LocalPreview;
import org.solarrelay.dryrun.SpecException;
import org.solarrelay.startup.RouteFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code preview FILE}: what would become of a message. */
@Command(
    name = "preview",
    header = "Show what would become of a message. Sends and stores nothing.",
    description = {
      "The events it becomes, and the requests that would leave for each destination, or why there are none. It uses"
          + " the route files of RELAY_ROUTES_DIR, by default routes, and the configuration of this shell; vendors"
          + " answer as routes/samples/answers/ says. With --running it asks a running relay, which knows the ids of"
          + " records."
    },
    exitCodeList = {
      "0:it is shown",
      "1:it is shown, and something of it would be dead",
      "2:it can not be shown"
    },
    footer = {
      "  ./relay preview routes/samples/webhook-enerflo-new_customer.json",
      "  ./relay preview --topic solar.leads --key yj3Shbi2 lead.json",
      "  ./relay preview --known enerflo.install=901 routes/samples/event-project.note-added.json",
      "  ./relay preview --running --json change.json | jq '.events[].deliveries'"
    })
final class PreviewCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      description =
          "a webhook, a CloudEvent, data for a topic, or what POST /api/preview takes; - for standard input")
  private String file;

  @Option(
      names = "--as",
      paramLabel = "SOURCE",
      description =
          "whose webhook it is: enerflo, solarproof/EVENT, flip or leads; by default what a name like"
              + " webhook-enerflo-new_customer.json tells, else leads")
  private String as;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "it is data on solar.leads, solar.projects or solar.enrollments, or a message on a topic that a route begins"
              + " at")
  private String topic;

  @Option(names = "--key", paramLabel = "KEY", description = "with that key")
  private String key;

  @Option(
      names = "--known",
      paramLabel = "NAME=ID",
      description =
          "an id that is known of its record, such as enerflo.install=901; several are possible")
  private Map<String, String> known = new LinkedHashMap<>();

  @Option(names = "--approved", description = "as if what is held had been approved")
  private boolean approved;

  @Option(names = "--running", description = "by a running relay and its routes")
  private boolean running;

  @Option(names = "--json", description = "as the relay tells it")
  private boolean json;

  @Mixin private RelayOptions relay;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    JsonNode message =
        new PreviewRequest(as, topic, key, known, approved)
            .message(file, OutgoingMessage.read(file));
    JsonNode told = running ? relay.api().post("/api/preview", message) : here(message);
    if (json) {
      new ResultPrinter(command, true).raw(told);
    } else {
      new PreviewFormatter(command.getOut(), new ConsoleFormat(command.getColorScheme().ansi()))
          .tell(told);
    }
    return PreviewFormatter.failed(told) ? 1 : 0;
  }

  private JsonNode here(JsonNode message) {
    Path routes = RouteFolder.named(parent.settings());
    if (!Files.isDirectory(routes)) {
      throw CommandException.unusable(
          "There is no folder %s: set RELAY_ROUTES_DIR".formatted(routes));
    }
    LogSilencer.begin();
    try {
      return LocalPreview.of(message, routes);
    } catch (SpecException e) {
      throw CommandException.unusable(file + ": " + String.join("; ", e.problems()));
    } catch (Exception e) {
      throw CommandException.unusable(
          "The routes can not be rehearsed, ./relay lint says more: " + e.getMessage());
    }
  }
}
