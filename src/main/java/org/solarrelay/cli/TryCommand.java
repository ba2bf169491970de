package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.solarrelay.dryrun.RouteTrial;
import org.solarrelay.dryrun.SpecException;
import org.solarrelay.routes.lint.Lint;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.startup.RouteFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code try FILE…}: shows the effect of changed route files on the last real messages. */
@Command(
    name = "try",
    header = "Try changed route files: lint, specs, and the last real messages. Sends nothing.",
    description = {
      "Loads the files in force from a running relay and replaces some by these files, inside this command only. The"
          + " relay does not change. Runs lint and the specs that the change affects. Then shows the effect of the change"
          + " on the last messages of the changed routes. The vendors' responses are those in samples/answers/ of the"
          + " folder of routes."
    },
    exitCodeList = {
      "0:lint and specs accept the files; differences are shown",
      "1:lint or a spec rejects the files, or these files make a message dead that the files in force do not",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay try /tmp/fan-out.camel.yaml",
      "  ./relay try routes/deliver-acme.camel.yaml routes/tests/deliver-acme.test.yaml",
      "  ./relay try --limit 100 --json /tmp/fan-out.camel.yaml | jq '.routes[].messages[].changes'"
    })
final class TryCommand implements Callable<Integer> {

  private static final int MAX_MESSAGES = 200;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "route files, kamelets, event types or specs, in the folder of routes or elsewhere; each replaces the file with"
              + " the same name")
  private List<String> files;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "how many messages of each route, 1 to 200; by default 20")
  private int limit = 20;

  @Option(names = "--json", description = "everything, as JSON")
  private boolean json;

  @Mixin private RelayOptions relay;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX_MESSAGES) {
      throw CommandException.cannotRun("--limit is a number from 1 to " + MAX_MESSAGES);
    }
    LogSilencer.silence();
    Path folder = RouteFolder.named(parent.settings());
    Map<String, String> changed = new TreeMap<>();
    List<Path> specs = new ArrayList<>();
    for (String file : files) {
      String path = RoutePaths.within(folder, file);
      if (path.startsWith("samples/")) {
        throw CommandException.cannotRun(
            file
                + " is no route file: try uses the samples and answers in the folder of routes."
                + " Name the route files or specs.");
      }
      if (path.startsWith("tests/")) {
        specs.add(Path.of(file));
      } else {
        changed.put(path, text(file));
      }
    }
    RelayApi api = relay.api();
    Map<String, String> inForce = new TreeMap<>();
    api.get("/api/routes/files")
        .path("files")
        .properties()
        .forEach(file -> inForce.put(file.getKey(), file.getValue().asText()));
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    if (lint(inForce, changed, result)) {
      trial(folder, inForce, changed, specs, api, result);
    }
    return print(result);
  }

  private static boolean lint(
      Map<String, String> inForce, Map<String, String> changed, ObjectNode result) {
    Map<String, String> after = new TreeMap<>(inForce);
    after.putAll(changed);
    ArrayNode problems = result.putArray("lint");
    for (Problem problem : new Lint().check(after)) {
      problems.add(
          "%s:%d:%d: %s. %s"
              .formatted(
                  problem.file(),
                  problem.line(),
                  problem.column(),
                  problem.message(),
                  problem.fix()));
    }
    return problems.isEmpty();
  }

  private void trial(
      Path folder,
      Map<String, String> inForce,
      Map<String, String> changed,
      List<Path> specs,
      RelayApi api,
      ObjectNode result) {
    try (RouteTrial trial = new RouteTrial(folder, inForce, changed, destinations(api))) {
      ArrayNode names = result.putArray("changed");
      trial.changed().forEach(names::add);
      result.set("specs", trial.specs(specs));
      ArrayNode routes = result.putArray("routes");
      for (String entry : trial.entryRoutes()) {
        int count = trial.needsMoreMessages(entry) ? MAX_MESSAGES : limit;
        ObjectNode route = routes.addObject().put("route", entry);
        Map<String, Object> query = new TreeMap<>(Map.of("route", entry, "limit", count));
        String topics = String.join(",", trial.topics(entry));
        if (!topics.isEmpty()) {
          query.put("topic", topics);
          route.put("topic", topics);
        }
        JsonNode items = api.get("/api/preview/messages" + RelayUrls.query(query));
        route.put("available", items.path("items").size());
        route.set("messages", trial.compared(entry, items.path("items"), limit));
      }
    } catch (SpecException e) {
      throw CommandException.cannotRun(String.join(System.lineSeparator(), e.problems()));
    } catch (CommandException e) {
      throw e;
    } catch (Exception e) {
      throw CommandException.cannotRun("The files cannot be tried: " + e.getMessage());
    }
  }

  private static Map<String, Boolean> destinations(RelayApi api) {
    Map<String, Boolean> destinations = new TreeMap<>();
    for (JsonNode destination : api.get("/api/destinations").path("items")) {
      destinations.put(destination.path("name").asText(), destination.path("on").asBoolean());
    }
    return destinations;
  }

  private int print(ObjectNode result) {
    CommandLine command = spec.commandLine();
    if (json) {
      new ResultPrinter(command, true).printJson(result);
    } else {
      new TrialFormatter(command.getOut(), limit).print(result);
    }
    return TrialFormatter.failed(result) ? 1 : 0;
  }

  private static String text(String file) {
    try {
      return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandException.cannotRun(file + " cannot be read. Name a file.");
    }
  }
}
