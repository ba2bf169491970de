package org.solarrelay.routes.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.solarrelay.activity.ActivityFilter;
import org.solarrelay.activity.ActivityQueries;
import org.solarrelay.delivery.queue.QueueDatabase;

class FileVersionRepositoryTest {

  private static AgroalDataSource database;

  private final FileVersionRepository repository = new FileVersionRepository(database);
  private final String path = UUID.randomUUID() + ".camel.yaml";

  @BeforeAll
  static void open() throws Exception {
    database = QueueDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void aVersionThatIsInForceIsRecordedOnce() throws Exception {
    repository.record(Map.of(path, "1"));
    repository.record(Map.of(path, "1"));
    repository.record(Map.of(path, "2"));
    repository.record(Map.of(path, "1"));

    assertThat(texts()).containsExactly("1", "2", "1");
  }

  @Test
  void podsThatTakeAChangeAtOnceRecordItOnce() {
    List<CompletableFuture<Void>> pods =
        IntStream.range(0, 8)
            .mapToObj(pod -> CompletableFuture.runAsync(() -> recordUnchecked("1")))
            .toList();
    pods.forEach(CompletableFuture::join);

    assertThat(texts()).containsExactly("1");
  }

  @Test
  void theLastTenOfEachFileAreKept() throws Exception {
    for (int version = 1; version <= 13; version++) {
      repository.record(Map.of(path, "" + version, "other-" + path, "the same"));
    }

    assertThat(texts())
        .hasSize(FileVersionRepository.KEPT)
        .startsWith("13", "12")
        .endsWith("5", "4");
    assertThat(repository.versions("other-" + path)).hasSize(1);
  }

  @Test
  void aLaterRevertTakesThePlaceOfAnEarlierAndIsNotEndedWithIt() throws Exception {
    repository.revert(revert("1"), 1);
    FileRevert first = stored();
    repository.revert(revert("2"), 2);

    repository.end(first);
    assertThat(stored().text()).isEqualTo("2");
    assertThat(stored().replaces()).contains("broken");

    repository.end(stored());
    assertThat(repository.reverts()).extracting(FileRevert::path).doesNotContain(path);
  }

  @Test
  void aChangeOfAFileIsAnActivity() throws Exception {
    repository.record(Map.of("any-" + path, "1"));
    repository.record(Map.of(path, "1"));
    repository.record(Map.of(path, "1"));
    repository.recordRejected(path, "line 3: no such step");
    repository.recordRejected(path, "line 3: no such step");
    repository.revert(revert("1"), 7);
    repository.recordRemoved(path);
    repository.recordRemoved(path);

    assertThat(
            new ActivityQueries(database)
                    .find(
                        new ActivityFilter(
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        Long.MAX_VALUE,
                        100)
                    .stream()
                    .filter(entry -> entry.subject().filter(path::equals).isPresent())
                    .map(
                        entry ->
                            entry.who() + " " + entry.action() + " " + entry.details().orElse("-")))
        .containsExactly(
            "relay route-removed -",
            "ada route-reverted to version 7",
            "relay route-rejected line 3: no such step",
            "relay route-in-force -");
  }

  private FileRevert revert(String text) {
    return new FileRevert(path, false, Optional.of("broken"), text, "ada", OffsetDateTime.now());
  }

  private FileRevert stored() throws Exception {
    return repository.reverts().stream()
        .filter(revert -> revert.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private void recordUnchecked(String text) {
    try {
      repository.record(Map.of(path, text));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<String> texts() {
    try {
      return repository.versions(path).stream().map(FileVersion::text).toList();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
