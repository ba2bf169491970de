package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.solarrelay.startup.RouteFolder;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code routes}: lists the route files and routes of a running relay; reverts files. */
@Command(
    name = "routes",
    header = "Show the route files and routes of a running relay; revert a file.",
    description = {
      "Which files are in force, rejected (and why) or still being checked, and how many messages failed in each route."
          + " The relay keeps the last ten versions of each file that were in force. --revert restores the previous"
          + " version: of a file whose latest save was rejected the version in force, of a deleted file its last one."
    },
    exitCodeList = {
      "0:all files are in force; after --revert, the version is in force",
      "1:a file was rejected or is still being checked, and its previous version stays in force; or the revert"
          + " failed",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay routes",
      "  ./relay routes --wait | tail -1",
      "  ./relay routes --revert fan-out.camel.yaml",
      "  ./relay routes --versions fan-out.camel.yaml",
      "  ./relay routes --revert fan-out.camel.yaml --to 17",
      "  ./relay routes --json | jq '.routes[] | select(.state != \"started\")'"
    })
final class RoutesCommand implements Callable<Integer> {

  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(60);

  /** At most one of these options; without one the command prints the overview. */
  private static final class FileChoice {

    @Option(
        names = "--revert",
        paramLabel = "FILE",
        description = "restore the previous version of this file")
    private String revert;

    @Option(
        names = "--versions",
        paramLabel = "FILE",
        description = "list the versions of this file that were in force")
    private String versions;
  }

  @ArgGroup private FileChoice file;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "with --revert: the version with this number")
  private Long to;

  @Option(
      names = "--wait",
      description = "wait up to 60 s until saved files are in force or rejected")
  private boolean wait;

  @Option(names = "--json", description = "print the relay's JSON")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Mixin private OperatorOptions operator;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (to != null && (file == null || file.revert == null)) {
      throw CommandException.cannotRun("--to needs --revert FILE");
    }
    if (wait && file != null) {
      throw CommandException.cannotRun(
          "--wait cannot be combined with --revert, which waits itself, or --versions");
    }
    if (file == null) {
      return overview();
    }
    return file.revert == null ? versions() : revert();
  }

  private int overview() {
    JsonNode overview = relay.api().get("/api/routes");
    if (wait) {
      overview = awaitChecks(overview);
    }
    if (json) {
      new ResultPrinter(spec.commandLine(), true).printJson(overview);
    } else {
      formatter().print(overview);
    }
    return RoutesFormatter.rejected(overview) + RoutesFormatter.checking(overview) == 0 ? 0 : 1;
  }

  /** Polls the overview until no file is being checked, for at most 60 s. */
  private JsonNode awaitChecks(JsonNode first) {
    JsonNode overview = first;
    long end = System.nanoTime() + CHECK_TIMEOUT.toNanos();
    while (RoutesFormatter.checking(overview) > 0 && System.nanoTime() < end) {
      PollInterval.await();
      overview = relay.api().get("/api/routes");
    }
    return overview;
  }

  private int versions() {
    String path = "/api/routes/versions" + RelayUrls.query(Map.of("file", path(file.versions)));
    JsonNode versions = relay.api().get(path);
    if (json) {
      new ResultPrinter(spec.commandLine(), true).printJson(versions);
    } else {
      formatter().versions(versions);
    }
    return 0;
  }

  private int revert() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("file", path(file.revert));
    query.put("version", to);
    JsonNode reverted =
        relay.api().as(operator.name()).post("/api/routes/revert" + RelayUrls.query(query));
    if (json) {
      new ResultPrinter(spec.commandLine(), true).printJson(reverted);
    } else {
      formatter().reverted(reverted);
    }
    return reverted.path("inForce").asBoolean() ? 0 : 1;
  }

  private RoutesFormatter formatter() {
    CommandLine command = spec.commandLine();
    return new RoutesFormatter(
        command.getOut(), new ConsoleFormat(command.getColorScheme().ansi()));
  }

  private String path(String named) {
    return RoutePaths.within(RouteFolder.named(parent.settings()), named);
  }
}
