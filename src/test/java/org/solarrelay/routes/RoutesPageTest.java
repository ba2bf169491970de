package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.solarrelay.routes.lint.EndpointUse;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.RouteFolderIndex;
import org.solarrelay.routes.lint.SourceFile;

/** The tables of routes/README.md list every file, and where a file's route begins. */
class RoutesPageTest {

  private static final Pattern ROW =
      Pattern.compile("\\| \\[`([a-z-]+)`]\\(([^)]+)\\) \\| ([^|]+) \\|([^|]+)\\|");

  private final Map<String, SourceFile> files = new TreeMap<>();
  private final Map<String, Matcher> rows = new TreeMap<>();

  RoutesPageTest() throws IOException {
    RouteFolderIndex.of(FolderFiles.read(Path.of("routes")))
        .files()
        .forEach(file -> files.put(file.name(), file));
    for (String line : Files.readAllLines(Path.of("routes/README.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.find() && row.group(2).endsWith(".yaml")) {
        rows.put(row.group(2), row);
      }
    }
  }

  @Test
  void everyFileIsListedAndNoneTooMany() {
    assertThat(rows.keySet()).isEqualTo(files.keySet());
  }

  @Test
  void aFileIsListedByItsName() {
    assertThat(rows)
        .allSatisfy((path, row) -> assertThat(files.get(path).stem()).isEqualTo(row.group(1)));
  }

  @Test
  void aRouteBeginsWhereTheTableSays() {
    rows.forEach(
        (path, row) -> {
          if (row.group(3).startsWith("`direct:")) {
            assertThat(beginning(files.get(path))).isEqualTo(row.group(3).replace("`", ""));
          }
        });
  }

  @Test
  void everyKameletThatTheTableSaysARouteLeadsToIsCalledByIt() {
    Pattern kamelet = Pattern.compile("`([a-z-]+-(?:sink|action))`");
    rows.forEach(
        (path, row) ->
            kamelet
                .matcher(path.contains("/") ? "" : row.group(4))
                .results()
                .forEach(found -> assertThat(called(files.get(path))).contains(found.group(1))));
  }

  private static String beginning(SourceFile file) {
    return file.endpoints().stream()
        .filter(EndpointUse::consumer)
        .findFirst()
        .map(EndpointUse::text)
        .orElseThrow();
  }

  private static List<String> called(SourceFile file) {
    return file.endpoints().stream().map(EndpointUse::kamelet).toList();
  }
}
