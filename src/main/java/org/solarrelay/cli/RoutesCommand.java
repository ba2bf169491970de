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

/** {@code routes}: which route files and routes a running relay uses. */
@Command(
    name = "routes",
    header = "Show the route files and routes that a running relay uses; take a version back.",
    description = {
      "Which file it rejected and why, which it is still checking, and how many messages failed in each route. The"
          + " relay keeps the last ten versions of each file that were in force. --revert takes back the version before: of a file whose latest"
          + " save was rejected the version in force, of a deleted file its last one."
    },
    exitCodeList = {
      "0:all files are used; the version is in force",
      "1:a file was rejected or is still being checked, and the version before it goes on; the version cannot be taken"
          + " back",
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

  private static final Duration LONGEST_CHECK = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** One of them; without either the overview is shown. */
  private static final class FileChoice {

    @Option(
        names = "--revert",
        paramLabel = "FILE",
        description = "take the version before of this file back")
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
      description = "wait until what was saved is in force or rejected, for at most 60 s")
  private boolean wait;

  @Option(names = "--json", description = "what the relay answers, as it is")
  private boolean json;

  @Mixin private RelayOptions relay;
  @Mixin private OperatorOptions operator;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (to != null && (file == null || file.revert == null)) {
      throw CommandException.unusable("--to goes with --revert FILE");
    }
    if (wait && file != null) {
      throw CommandException.unusable("--wait goes without --revert, which waits, and --versions");
    }
    if (file == null) {
      return overview();
    }
    return file.revert == null ? versions() : revert();
  }

  private int overview() {
    JsonNode overview = relay.api().get("/api/routes");
    if (wait) {
      overview = settled(overview);
    }
    if (json) {
      new ResultPrinter(spec.commandLine(), true).raw(overview);
    } else {
      text().tell(overview);
    }
    return RoutesFormatter.rejected(overview) + RoutesFormatter.checking(overview) == 0 ? 0 : 1;
  }

  /** The overview once no file is being checked, or when the time is up. */
  private JsonNode settled(JsonNode first) {
    JsonNode overview = first;
    long end = System.nanoTime() + LONGEST_CHECK.toNanos();
    while (RoutesFormatter.checking(overview) > 0 && System.nanoTime() < end) {
      pause();
      overview = relay.api().get("/api/routes");
    }
    return overview;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unusable("Interrupted");
    }
  }

  private int versions() {
    String path = "/api/routes/versions" + RelayUrls.query(Map.of("file", path(file.versions)));
    JsonNode versions = relay.api().get(path);
    if (json) {
      new ResultPrinter(spec.commandLine(), true).raw(versions);
    } else {
      text().versions(versions);
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
      new ResultPrinter(spec.commandLine(), true).raw(reverted);
    } else {
      text().reverted(reverted);
    }
    return reverted.path("inForce").asBoolean() ? 0 : 1;
  }

  private RoutesFormatter text() {
    CommandLine command = spec.commandLine();
    return new RoutesFormatter(
        command.getOut(), new ConsoleFormat(command.getColorScheme().ansi()));
  }

  private String path(String named) {
    return RoutePaths.within(RouteFolder.named(parent.settings()), named);
  }
}
