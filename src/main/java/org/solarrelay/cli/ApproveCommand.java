package org.solarrelay.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code approve ID…}: approves held deliveries. */
@Command(
    name = "approve",
    header = "Approve held deliveries, so that they are sent.",
    description = {"A delivery is skipped if a newer event of its record has been delivered."},
    exitCodeList = {
      "0:all were approved",
      "1:one is not held",
      "2:wrong use, or the relay is not reached"
    },
    footer = {"  ./relay deliveries --state held", "  ./relay approve 12"})
final class ApproveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "numbers of deliveries")
  private List<Long> ids;

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    BatchRunner runner = new BatchRunner(relay.api().as(operator.name()), spec.commandLine());
    return runner.runAll(ids, id -> runner.post(id, "/approve"));
  }
}
