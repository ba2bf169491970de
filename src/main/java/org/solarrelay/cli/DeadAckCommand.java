package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dead ack FINGERPRINT}: records that an operator knows of a group. */
@Command(
    name = "ack",
    header = "Acknowledge a group: you know of it.",
    description = {
      "The group's dead letters stay dead. The page Now does not list the group any more, until its next dead letter."
    },
    exitCodeList = {
      "0:the group is acknowledged",
      "1:there is no such group",
      "2:wrong use, or the relay is not reached"
    },
    footer = {"  ./relay dead ack 3f9c51e0a7b2 --note 'the vendor fixes it on Monday'"})
final class DeadAckCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "GROUP",
      description = "the group's fingerprint, as ./relay dead lists it")
  private String fingerprint;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "what others should know; no personal data")
  private String note = "";

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("note", note);
    JsonNode group =
        relay
            .api()
            .as(operator.name())
            .post("/api/dead-groups/" + RelayUrls.segment(fingerprint) + "/acknowledge", body);
    spec.commandLine()
        .getOut()
        .println(TerminalText.clean(fingerprint + ": " + DeadGroupTable.state(group)));
    return 0;
  }
}
