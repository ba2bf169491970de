package org.solarrelay.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code approve ID…}: what an operator decides about held deliveries. */
@Command(
    name = "approve",
    header = "Let held deliveries go.",
    description = {"One is skipped where something newer has reached its destination meanwhile."},
    exitCodeList = {
      "0:each of them was let go",
      "1:one of them is not held",
      "2:wrong use, or the relay is not reached"
    },
    footer = {"  ./relay deliveries --state held", "  ./relay approve 12"})
final class ApproveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "numbers of deliveries")
  private List<Long> ids;

  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    BatchRunner each = new BatchRunner(relay.api(), spec.commandLine());
    return each.all(ids, id -> each.post(id, "/approve"));
  }
}
