package org.solarrelay.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the arguments and how they go, in a few lines instead of all the help.
 */
final class UsageErrorHandler implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText(TerminalText.text(wrong.getMessage())));
    UnmatchedArgumentException.printSuggestions(wrong, err);
    CommandLine.Help help = command.getHelp();
    err.print("Usage: " + help.synopsis(help.synopsisHeadingLength()));
    err.println(command.getCommandSpec().qualifiedName() + " --help tells more.");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
