package org.solarrelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code run}: starts the relay. */
@Command(
    name = "run",
    header = "Run the relay until Ctrl-C or TERM.",
    description = {
      "The environment configures it: docs/configuration.md lists all variables. It starts a Kafka, a database and"
          + " simulated vendors in place of those that are not configured, unless it was built with -Dproduction."
    },
    exitCodeList = {
      "1:an embedded service cannot start, for example because its port is in use",
      "2:the routes or the configuration are invalid",
      "130:it was stopped by Ctrl-C",
      "143:it was stopped by TERM"
    },
    footer = {"  ./relay run", "  QUARKUS_HTTP_PORT=8081 RELAY_JAVA_OPTS=-Xmx1g ./relay run"})
final class RunCommand implements Callable<Integer> {

  @ParentCommand private RelayCommand parent;

  @Override
  public Integer call() {
    parent.relay().run();
    return 0;
  }
}
