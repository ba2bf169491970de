package org.solarrelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the relay itself. */
@Command(
    name = "run",
    header = "Start the relay, until Ctrl-C or TERM.",
    description = {
      "It is configured by the environment: docs/configuration.md has all variables. Where no Kafka, database or"
          + " vendor is configured it starts its own, unless it was built with -Dproduction."
    },
    exitCodeList = {
      "1:what it brings with it can not be started, such as on a port that is taken",
      "2:it can not start with these routes or this configuration",
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
