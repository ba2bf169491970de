package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.solarrelay.mapping.jq.JqLimitException;
import org.solarrelay.mapping.jq.JqQuery;
import org.solarrelay.mapping.jq.JqRefusal;
import org.solarrelay.startup.RouteFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jq EXPRESSION [FILE]}: what an expression of a route makes of a message. */
@Command(
    name = "jq",
    header = "Show what a jq expression makes of a message, as in a route.",
    description = {
      "An event is {id, type, source, subject, time, data} to it, a file named like"
          + " webhook-enerflo-new_customer.json the webhook {source, event, receipt, time, headers, body}, any other"
          + " JSON itself. With --id it is a message that a running relay has received."
    },
    exitCodeList = {
      "0:each value stands in a line",
      "1:the expression cannot be read, is refused, or fails on this message",
      "2:the file cannot be read, or the relay is not reached"
    },
    footer = {
      "  ./relay jq '.data.phone | phone(\"US\")'",
      "  ./relay jq '.body | keys' routes/samples/webhook-enerflo-new_customer.json",
      "  ./relay jq .data.address --id 01a22e9b-b52a-7e92-b64b-ab493c6ea947",
      "  curl -s https://api.acme.example/contacts | ./relay jq '.[0].id' -"
    })
final class JqCommand implements Callable<Integer> {

  private static final String SAMPLE = "samples/event-lead.submitted.json";

  @Parameters(index = "0", paramLabel = "EXPRESSION", description = "as it stands in a route file")
  private String expression;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "JSON, or - for standard input; by default the sample event-lead.submitted.json")
  private String file;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "in place of a file: the event with that id, or that this receipt or record position became")
  private String id;

  @Option(
      names = "--webhook",
      description = "with --id RECEIPT: the webhook itself, as a translate route sees it")
  private boolean webhook;

  @Option(names = "--cost", description = "measure also how long an evaluation takes")
  private boolean cost;

  @Mixin private RelayOptions relay;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JqQuery query = compiled();
    JsonNode input = input();
    PrintWriter out = spec.commandLine().getOut();
    try {
      query.evaluate(input).forEach(out::println);
      if (cost) {
        out.println(JqCost.of(expression, input));
      }
      return 0;
    } catch (JsonQueryException | JqLimitException e) {
      throw CommandException.refused(e.getMessage());
    }
  }

  private JqQuery compiled() {
    try {
      JqQuery query = JqQuery.compile(expression);
      for (JqRefusal refusal : query.refusals()) {
        throw CommandException.refused("%s. %s".formatted(refusal.problem(), refusal.kind().fix()));
      }
      return query;
    } catch (JsonQueryException e) {
      throw CommandException.refused("this jq cannot be read: " + e.getMessage());
    }
  }

  private JsonNode input() {
    if (id == null) {
      if (webhook) {
        throw CommandException.unusable("--webhook is for a message of the relay: name its --id");
      }
      return JqInput.ofFile(file == null ? sample() : file);
    }
    if (file != null) {
      throw CommandException.unusable("Name a file or an --id, not both");
    }
    return webhook ? JqInput.ofWebhook(relay.api(), id) : JqInput.ofEvent(relay.api(), id);
  }

  private String sample() {
    return RouteFolder.named(parent.settings()).resolve(SAMPLE).toString();
  }
}
