package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No false alarm: each folder of {@code lint/valid} holds files that are unusual and valid, beside
 * the default files. The folder's name describes the unusual part.
 */
class ValidFilesTest {

  private static final Path CASES = Path.of("src/test/resources/lint/valid");
  private static final Lint LINT = new Lint();

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).map(Path::getFileName).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lintFindsNothing(Path name) throws IOException {
    Map<String, String> added = FolderFiles.read(CASES.resolve(name));
    Map<String, String> files = new TreeMap<>(FolderFiles.read(Path.of("routes")));
    files.putAll(added);

    assertThat(added).isNotEmpty();
    assertThat(LINT.check(files)).isEmpty();
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
  }
}
