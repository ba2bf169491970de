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

/** {@code jq EXPRESSION [FILE]}: evaluates an expression as a route does. */
@Command(
    name = "jq",
    header = "Evaluate a jq expression as a route does.",
    description = {
      "The expression sees a CloudEvent as {id, type, source, subject, time, data}, a file named like"
          + " webhook-enerflo-new_customer.json as {source, event, receipt, time, headers, body}, and any other"
          + " JSON unchanged. With --id it sees a message that a running relay has received."
    },
    exitCodeList = {
      "0:each value is printed on a line",
      "1:the expression is invalid or forbidden, or fails on this input",
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

  @Parameters(
      index = "0",
      paramLabel = "EXPRESSION",
      description = "the expression, as in a route file")
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
          "instead of a file: the event with this id, or the event of this receipt or record position")
  private String id;

  @Option(
      names = "--webhook",
      description = "with --id RECEIPT: the webhook itself, as a translate route sees it")
  private boolean webhook;

  @Option(names = "--cost", description = "also measure the time of an evaluation")
  private boolean cost;

  @Mixin private RelayOptions relay;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JqQuery query = compile();
    JsonNode input = input();
    PrintWriter out = spec.commandLine().getOut();
    try {
      query.evaluate(input).forEach(out::println);
      if (cost) {
        out.println(JqCost.of(expression, input));
      }
      return 0;
    } catch (JsonQueryException | JqLimitException e) {
      throw CommandException.rejected(e.getMessage());
    }
  }

  private JqQuery compile() {
    try {
      JqQuery query = JqQuery.compile(expression);
      for (JqRefusal refusal : query.refusals()) {
        throw CommandException.rejected(
            "%s. %s".formatted(refusal.problem(), refusal.kind().fix()));
      }
      return query;
    } catch (JsonQueryException e) {
      throw CommandException.rejected("this jq cannot be read: " + e.getMessage());
    }
  }

  private JsonNode input() {
    if (id == null) {
      if (webhook) {
        throw CommandException.cannotRun("--webhook needs --id RECEIPT");
      }
      return JqInput.ofFile(file == null ? sample() : file);
    }
    if (file != null) {
      throw CommandException.cannotRun("Name a file or an --id, not both");
    }
    return webhook ? JqInput.ofWebhook(relay.api(), id) : JqInput.ofEvent(relay.api(), id);
  }

  private String sample() {
    return RouteFolder.named(parent.settings()).resolve(SAMPLE).toString();
  }
}
