package org.solarrelay.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.solarrelay.startup.StartupSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line of the relay, {@code ./relay COMMAND}. */
@Command(
    name = "./relay",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    usageHelpWidth = 100,
    abbreviateSynopsis = true,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs Solar Relay, tests its routes, and queries a running relay.",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:problems were found",
      "2:wrong use, or the relay is not reached"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./relay run                                   start it; in another terminal:",
      "  ./relay send --wait lead.json                 send a lead, and show its history",
      "  ./relay dead                                  what failed, in groups of one cause",
      "  ./relay deliveries --state dead --since 24h   the failures since yesterday",
      "  ./relay lint && ./relay test                  check an edited route",
      "  ./relay try /tmp/fan-out.camel.yaml           the effect of an edited route on the last messages",
      "",
      "./relay COMMAND --help shows the options of a command."
    },
    subcommands = {
      RunCommand.class,
      VendorsCommand.class,
      LintCommand.class,
      TestCommand.class,
      TryCommand.class,
      PreviewCommand.class,
      JqCommand.class,
      SendCommand.class,
      FindCommand.class,
      ExplainCommand.class,
      DeadCommand.class,
      DeliveriesCommand.class,
      ReplayCommand.class,
      ApproveCommand.class,
      DeclineCommand.class,
      CancelCommand.class,
      ReconcileCommand.class,
      EraseCommand.class,
      RoutesCommand.class,
      ActivityCommand.class
    })
public final class RelayCommand {

  private final StartupSettings settings;
  private final Runnable relay;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param relay runs the relay until it ends
   */
  public RelayCommand(StartupSettings settings, Runnable relay, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.relay = relay;
    this.out = out;
    this.err = err;
  }

  /**
   * Executes the command of the arguments.
   *
   * @return the exit code: 0 for success, 1 if problems were found, 2 if the command failed
   */
  public int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  CommandLine commandLine() {
    return new CommandLine(this)
        .setDefaultValueProvider(new RelayDefaultsProvider(settings))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(RelayCommand::printError)
        .setParameterExceptionHandler(new UsageErrorHandler());
  }

  StartupSettings settings() {
    return settings;
  }

  Runnable relay() {
    return relay;
  }

  PrintStream out() {
    return out;
  }

  private static int printError(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    String message =
        e instanceof CommandException ? e.getMessage() : "Internal error, please report it:  " + e;
    command.getErr().println(command.getColorScheme().errorText(TerminalText.clean(message)));
    return e instanceof CommandException failure ? failure.exitCode() : 2;
  }
}
