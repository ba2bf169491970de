package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.solarrelay.routes.history.FileVersionRepository;

class UnrecordedVersionsTest {

  private final UnrecordedVersions versions = new UnrecordedVersions();

  @Test
  void changesAreTakenInOrderAndAgainAfterTheyWerePutBack() {
    versions.add(Map.of("a", "1", "b", "1"));
    versions.add(Map.of("a", "2"));
    Map<String, String> first = versions.take().orElseThrow();

    versions.putBack(first);

    assertThat(all()).containsExactly(Map.of("a", "1", "b", "1"), Map.of("a", "2"));
  }

  @Test
  void ofEachFileTheVersionsThatTheHistoryKeepsWait() {
    versions.add(Map.of("a", "0", "b", "0"));
    for (int save = 1; save <= 100; save++) {
      versions.add(Map.of("a", "" + save));
    }

    List<Map<String, String>> all = all();

    assertThat(all.get(0)).isEqualTo(Map.of("b", "0"));
    assertThat(all.subList(1, all.size()))
        .hasSize(FileVersionRepository.KEPT)
        .startsWith(Map.of("a", "91"))
        .endsWith(Map.of("a", "100"));
  }

  @Test
  void unlimitedFileNamesUseLimitedMemory() {
    for (int file = 0; file < 5_000; file++) {
      versions.add(Map.of("file-" + file, ""));
    }

    assertThat(versions.size()).isEqualTo(1_000);
  }

  private List<Map<String, String>> all() {
    List<Map<String, String>> all = new ArrayList<>();
    for (Optional<Map<String, String>> one = versions.take();
        one.isPresent();
        one = versions.take()) {
      all.add(one.get());
    }
    return all;
  }
}
