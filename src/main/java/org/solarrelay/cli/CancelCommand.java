package org.solarrelay.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cancel ID…}: ends deliveries that are not in flight. */
@Command(
    name = "cancel",
    header = "End deliveries that are not in flight, as skipped.",
    description = {"Later deliveries of the record go on. A cancelled delivery can be replayed."},
    exitCodeList = {
      "0:all were cancelled",
      "1:one is in flight, finished or unknown",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay deliveries --state pending --destination enerflo",
      "  ./relay cancel 12 --reason 'the customer has withdrawn'"
    })
final class CancelCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "numbers of deliveries")
  private List<Long> ids;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record")
  private String reason = "no reason given";

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    BatchRunner runner = new BatchRunner(relay.api().as(operator.name()), spec.commandLine());
    return runner.runAll(ids, id -> runner.post(id, "/cancel", body));
  }
}
