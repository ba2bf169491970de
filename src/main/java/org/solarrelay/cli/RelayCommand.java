package org.solarrelay.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.solarrelay.startup.StartupSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** What the program does instead of relaying when it is started with a word behind it. */
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
    description = "Runs Solar Relay, tries its routes, and asks a running one.",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:it ran and found problems",
      "2:wrong use, or the relay is not reached"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./relay run                                   start it; in another terminal:",
      "  ./relay send --wait lead.json                 send a lead, and see what becomes of it",
      "  ./relay deliveries --state dead --since 24h   what went wrong since yesterday",
      "  ./relay lint && ./relay test                  before an edited route is used",
      "  ./relay try /tmp/fan-out.camel.yaml           what an edited route would make of the last messages",
      "",
      "./relay COMMAND --help tells more of each."
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
      ExplainCommand.class,
      DeliveriesCommand.class,
      ReplayCommand.class,
      ApproveCommand.class,
      DeclineCommand.class,
      CancelCommand.class,
      RoutesCommand.class
    })
public final class RelayCommand {

  private final StartupSettings settings;
  private final Runnable relay;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param relay starts the relay and returns when it has ended
   */
  public RelayCommand(StartupSettings settings, Runnable relay, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.relay = relay;
    this.out = out;
    this.err = err;
  }

  /**
   * Does what the arguments say.
   *
   * @return 0 where all is well, 1 where problems were found, 2 where it can not be done
   */
  public int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  CommandLine commandLine() {
    return new CommandLine(this)
        .setDefaultValueProvider(new RelayDefaultsProvider(settings))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(RelayCommand::told)
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

  private static int told(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    String message =
        e instanceof CommandException
            ? e.getMessage()
            : "This should not have happened, please report it: " + e;
    command.getErr().println(command.getColorScheme().errorText(TerminalText.text(message)));
    return e instanceof CommandException known ? known.exitCode() : 2;
  }
}
