package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.solarrelay.mapping.jq.JqLimitException;
import org.solarrelay.mapping.jq.JqQuery;
import org.solarrelay.mapping.jq.JqRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jq EXPRESSION [FILE]}: what an expression of a route makes of a message. */
@Command(
    name = "jq",
    header = "Show what a jq expression makes of a message, as in a route.",
    description = {
      "An event is {id, type, source, subject, time, data} to it, a file named like"
          + " webhook-enerflo-new_customer.json the webhook {source, event, headers, body}, any other JSON itself."
    },
    exitCodeList = {
      "0:each value stands in a line",
      "1:the expression cannot be read, is refused, or fails on this message",
      "2:the file cannot be read"
    },
    footer = {
      "  ./relay jq '.data.phone | phone(\"US\")'",
      "  ./relay jq '.body | keys' routes/samples/webhook-enerflo-new_customer.json",
      "  curl -s https://api.acme.example/contacts | ./relay jq '.[0].id' -"
    })
final class JqCommand implements Callable<Integer> {

  private static final String SAMPLE = "samples/event-lead.submitted.json";
  private static final List<String> OF_AN_EVENT =
      List.of("id", "type", "source", "subject", "time", "data");

  @Parameters(index = "0", paramLabel = "EXPRESSION", description = "as it stands in a route file")
  private String expression;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "JSON, or - for standard input; by default the sample event-lead.submitted.json")
  private String file;

  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JqQuery query = compiled();
    JsonNode input = input();
    PrintWriter out = spec.commandLine().getOut();
    try {
      query.evaluate(input).forEach(out::println);
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
    String named = file == null ? sample() : file;
    Message message = Message.read(named);
    if (message.json().isMissingNode()) {
      throw CommandException.unusable(named + " is no JSON");
    }
    if (message.isCloudEvent()) {
      ObjectNode event = JsonNodeFactory.instance.objectNode();
      OF_AN_EVENT.forEach(field -> event.set(field, message.json().get(field)));
      return event;
    }
    return WebhookTarget.isNamed(named) ? webhook(named, message) : message.json();
  }

  private static ObjectNode webhook(String named, Message message) {
    WebhookTarget target = WebhookTarget.ofFile(named);
    ObjectNode webhook = JsonNodeFactory.instance.objectNode();
    webhook.put("source", target.source()).put("event", target.event());
    webhook.putObject("headers").put("content-type", message.contentType());
    webhook.set("body", message.json());
    return webhook;
  }

  private String sample() {
    String routes = parent.settings().get("RELAY_ROUTES_DIR").orElse("routes");
    return Path.of(routes, SAMPLE).toString();
  }
}
