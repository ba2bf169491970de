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

/** {@code preview FILE}: prints the events and requests that a message would cause. */
@Command(
    name = "preview",
    header = "Show the events and requests of a message. Sends and stores nothing.",
    description = {
      "Prints the events, and for each destination the requests or why there are none. Uses the route files of"
          + " RELAY_ROUTES_DIR (routes), and the configuration of this shell. Vendors respond as"
          + " routes/samples/answers/ says. With --running it asks a running relay, which knows the ids of"
          + " records."
    },
    exitCodeList = {
      "0:the preview is printed",
      "1:the preview is printed, and the message or a delivery would be dead",
      "2:the preview failed"
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
          "a webhook, a CloudEvent, data for a topic, or a body of POST /api/preview; - for standard input")
  private String file;

  @Option(
      names = "--as",
      paramLabel = "SOURCE",
      description =
          "the source of the webhook: enerflo, solarproof/EVENT, flip or leads; by default derived from a file name like"
              + " webhook-enerflo-new_customer.json, else leads")
  private String as;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "the file is data for solar.leads, solar.projects or solar.enrollments, or a message for a topic at which"
              + " a route begins")
  private String topic;

  @Option(names = "--key", paramLabel = "KEY", description = "the record's key")
  private String key;

  @Option(
      names = "--known",
      paramLabel = "NAME=ID",
      description = "a known id of the record, such as enerflo.install=901; several are possible")
  private Map<String, String> known = new LinkedHashMap<>();

  @Option(names = "--approved", description = "as if held deliveries were approved")
  private boolean approved;

  @Option(names = "--running", description = "ask a running relay, with its routes")
  private boolean running;

  @Option(names = "--json", description = "print the relay's JSON")
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
    JsonNode preview = running ? relay.api().post("/api/preview", message) : runLocally(message);
    if (json) {
      new ResultPrinter(command, true).printJson(preview);
    } else {
      new PreviewFormatter(command.getOut(), new ConsoleFormat(command.getColorScheme().ansi()))
          .print(preview);
    }
    return PreviewFormatter.isDead(preview) ? 1 : 0;
  }

  private JsonNode runLocally(JsonNode message) {
    Path routes = RouteFolder.named(parent.settings());
    if (!Files.isDirectory(routes)) {
      throw CommandException.cannotRun(
          "There is no folder %s: set RELAY_ROUTES_DIR".formatted(routes));
    }
    LogSilencer.silence();
    try {
      return LocalPreview.of(message, routes);
    } catch (SpecException e) {
      throw CommandException.cannotRun(file + ": " + String.join("; ", e.problems()));
    } catch (Exception e) {
      throw CommandException.cannotRun(
          "The routes cannot be run; ./relay lint reports their problems: " + e.getMessage());
    }
  }
}
