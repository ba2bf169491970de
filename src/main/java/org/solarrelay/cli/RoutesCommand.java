package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code routes}: which route files and routes a running relay uses. */
@Command(
    name = "routes",
    header = "Show the route files and routes that a running relay uses.",
    description = {"Which file it rejected and why, and how many messages failed in each route."},
    exitCodeList = {
      "0:all files are used",
      "1:one was rejected; the version before it goes on",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay routes",
      "  ./relay routes --json | jq '.routes[] | select(.state != \"started\")'"
    })
final class RoutesCommand implements Callable<Integer> {

  @Option(names = "--json", description = "what the relay answers, as it is")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    JsonNode overview = relay.api().get("/api/routes");
    if (json) {
      new Told(command, true).raw(overview);
    } else {
      new RoutesText(command.getOut(), new Paint(command.getColorScheme().ansi())).tell(overview);
    }
    return RoutesText.rejected(overview) == 0 ? 0 : 1;
  }
}
