package org.solarrelay.cli;

import picocli.CommandLine.Option;

/** The operator's name, recorded with each change. */
final class OperatorOptions {

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "your name, for the record; by default the login name")
  private String operator = System.getProperty("user.name", "");

  String name() {
    return operator;
  }
}
