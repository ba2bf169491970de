package org.solarrelay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two changes that are made side by side take the same number easily; Flyway then migrates none.
 */
class MigrationFilesTest {

  @Test
  void everyMigrationHasAVersionOfItsOwn() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      List<String> versions =
          files.map(file -> file.getFileName().toString().replaceFirst("__.*", "")).toList();

      assertThat(versions).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    }
  }
}
