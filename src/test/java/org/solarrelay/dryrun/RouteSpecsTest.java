package org.solarrelay.dryrun;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs routes/tests/*.test.yaml, a test per case. */
class RouteSpecsTest {

  private static final Path ROUTES = Path.of("routes");

  /** These routes begin with a timer; their specs enter the next route. */
  private static final Set<String> TIMERS =
      Set.of("poll-flip", "reconcile-enerflo", "reconcile-solarproof");

  private static List<SpecResult> results;

  @BeforeAll
  static void runAll() throws IOException {
    try (SpecRun run = new SpecRun(ROUTES)) {
      results = SpecFolder.read(SpecFolder.files(ROUTES)).stream().map(run::run).toList();
    }
  }

  @TestFactory
  Stream<DynamicContainer> specs() {
    return results.stream()
        .collect(groupingBy(RouteSpecsTest::file, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .map(
            file ->
                DynamicContainer.dynamicContainer(
                    file.getKey(), file.getValue().stream().map(RouteSpecsTest::test)));
  }

  private static DynamicTest test(SpecResult result) {
    return DynamicTest.dynamicTest(
        result.spec().name(),
        () -> assertThat(result.problems()).as(result.spec().place()).isEmpty());
  }

  @Test
  void everyRouteFileHasItsSpecs() throws IOException {
    Set<String> specs = results.stream().map(RouteSpecsTest::file).collect(toSet());

    assertThat(RouteGraph.list(ROUTES, ".camel.yaml"))
        .extracting(file -> file.getFileName().toString().replace(".camel.yaml", ".test.yaml"))
        .allSatisfy(file -> assertThat(specs).as("add routes/tests/%s", file).contains(file));
  }

  @Test
  void everyRouteIsEnteredByOneOfThem() throws IOException {
    Set<String> enteredRoutes = new TreeSet<>(TIMERS);
    results.forEach(result -> enteredRoutes.addAll(result.enteredRoutes()));

    assertThat(enteredRoutes).containsAll(routeIds());
  }

  @Test
  void everyKameletThatCallsHasADefaultStub() throws IOException {
    for (Path kamelet : RouteGraph.list(ROUTES.resolve("kamelets"), ".kamelet.yaml")) {
      if (Files.readString(kamelet).contains("uri: vertx-http:")) {
        String name = kamelet.getFileName().toString().replace(".kamelet.yaml", ".yaml");
        assertThat(ROUTES.resolve("samples/answers").resolve(name)).exists();
      }
    }
  }

  private static String file(SpecResult result) {
    return Path.of(result.spec().file()).getFileName().toString();
  }

  private static Set<String> routeIds() throws IOException {
    Pattern id = Pattern.compile("^- route:\\s+id: (\\S+)", Pattern.MULTILINE);
    Set<String> ids = new TreeSet<>();
    for (Path file : RouteGraph.list(ROUTES, ".camel.yaml")) {
      id.matcher(Files.readString(file)).results().forEach(found -> ids.add(found.group(1)));
    }
    return ids;
  }
}
