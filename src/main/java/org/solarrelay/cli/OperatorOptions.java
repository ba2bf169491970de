package org.solarrelay.cli;

import picocli.CommandLine.Option;

/** Who asks for a change that is recorded. */
final class OperatorOptions {

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "who asks, for the record; by default the login name")
  private String operator = System.getProperty("user.name", "");

  String name() {
    return operator;
  }
}
