package org.solarrelay.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what is wrong with the arguments, and the synopsis instead of the whole help. */
final class UsageErrorHandler implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText(TerminalText.clean(exception.getMessage())));
    UnmatchedArgumentException.printSuggestions(exception, err);
    CommandLine.Help help = command.getHelp();
    err.print("Usage: " + help.synopsis(help.synopsisHeadingLength()));
    err.println(command.getCommandSpec().qualifiedName() + "  --help shows more.");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
