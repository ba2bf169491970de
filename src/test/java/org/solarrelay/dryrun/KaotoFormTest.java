package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.routes.KaotoForm;

class KaotoFormTest {

  @TempDir Path folder;

  @Test
  void routesDoTheSameAfterKaotoHasWrittenThem() throws IOException {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    rewrite(routes, ".camel.yaml");
    rewrite(routes.resolve("kamelets"), ".kamelet.yaml");
    List<Path> specs =
        Stream.of("deliver-crm", "deliver-flip", "deliver-enerflo-leads", "the-whole-way")
            .map(name -> routes.resolve("tests/" + name + ".test.yaml"))
            .toList();

    try (SpecRun run = new SpecRun(routes)) {
      List<SpecResult> results = SpecFolder.read(specs).stream().map(run::run).toList();
      assertThat(results).hasSizeGreaterThan(specs.size());
      assertThat(results).allSatisfy(it -> assertThat(it.problems()).as(it.toString()).isEmpty());
    }
  }

  private static void rewrite(Path folder, String ending) throws IOException {
    for (Path file : RouteGraph.list(folder, ending)) {
      Files.writeString(file, KaotoForm.of(Files.readString(file)));
    }
  }
}
