package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The default routes follow the conventions of routes/README.md. */
class FlatRoutesTest {

  /** A variable of every delivery: whether an operator has approved it. */
  private static final String APPROVED = "approved";

  private static final Map<String, Class<?>> BEANS = BeanIndex.types();

  private static Map<String, String> files;

  @BeforeAll
  static void readDefaultFiles() throws IOException {
    files = FolderFiles.read(Path.of("routes"));
  }

  @Test
  void everyRouteFileFitsOnAPage() {
    assertThat(files.keySet().stream().filter(SourceFile::isRoutes))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(files.get(file).lines().count()).isLessThanOrEqualTo(120));
  }

  @Test
  void aRouteReadsOnlyVariablesThatItSets() {
    assertThat(routes().flatMap(FlatRoutesTest::unset).toList()).isEmpty();
  }

  @Test
  void aRouteThatLeavesItsResultInAVariableIsFound() throws IOException {
    YamlNode route =
        YamlNode.parse("{id: find, from: {steps: [{setBody: '${variable.event.type}'}]}}")
            .orElseThrow();

    assertThat(unset(route)).containsExactly("find: event");
  }

  private static Stream<YamlNode> routes() {
    List<Problem> problems = new ArrayList<>();
    return files.entrySet().stream()
        .filter(file -> SourceFile.isRoutes(file.getKey()))
        .map(file -> SourceFile.read(file.getKey(), file.getValue(), problems).orElseThrow())
        .flatMap(file -> file.routes().stream());
  }

  private static Stream<String> unset(YamlNode route) {
    return VariableRead.unset(route, BEANS)
        .filter(unset -> !unset.name().equals(APPROVED))
        .map(unset -> route.textAt("id") + ": " + unset.name());
  }
}
