package org.solarrelay.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decline ID…}: declines held deliveries. */
@Command(
    name = "decline",
    header = "Decline held deliveries: they end as skipped.",
    exitCodeList = {
      "0:all were declined",
      "1:one is not held",
      "2:wrong use, or the relay is not reached"
    },
    footer = {"  ./relay deliveries --state held", "  ./relay decline 12"})
final class DeclineCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "numbers of deliveries")
  private List<Long> ids;

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    BatchRunner runner = new BatchRunner(relay.api().as(operator.name()), spec.commandLine());
    return runner.runAll(ids, id -> runner.post(id, "/decline"));
  }
}
