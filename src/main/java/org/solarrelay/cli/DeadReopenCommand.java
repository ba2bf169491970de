package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dead reopen FINGERPRINT}: ends the acknowledgement of a group. */
@Command(
    name = "reopen",
    header = "Reopen an acknowledged group.",
    exitCodeList = {
      "0:the group is open",
      "1:there is no such group, or it is open already",
      "2:wrong use, or the relay is not reached"
    },
    footer = {"  ./relay dead reopen 3f9c51e0a7b2"})
final class DeadReopenCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "GROUP",
      description = "the group's fingerprint, as ./relay dead lists it")
  private String fingerprint;

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonNode group =
        relay
            .api()
            .as(operator.name())
            .post("/api/dead-groups/" + RelayUrls.segment(fingerprint) + "/reopen");
    spec.commandLine()
        .getOut()
        .println(TerminalText.clean(fingerprint + ": " + DeadGroupTable.state(group)));
    return 0;
  }
}
