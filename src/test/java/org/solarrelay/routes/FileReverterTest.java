package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.routes.Bench.add;
import static org.solarrelay.routes.Bench.route;
import static org.solarrelay.routes.Bench.to;

import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.LogCapture;
import org.solarrelay.activity.ActivityFilter;
import org.solarrelay.activity.ActivityQueries;
import org.solarrelay.delivery.queue.QueueDatabase;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.routes.history.FileVersion;
import org.solarrelay.routes.history.FileVersionRepository;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Lint;

/** Saves and reverts in a watched folder, with the history in PostgreSQL. */
class FileReverterTest {

  private static final Lint LINT = new Lint();
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static AgroalDataSource database;

  @TempDir Path folder;

  private final FileVersionRepository versions = new FileVersionRepository(database);
  private final HangingDatabase hanging = new HangingDatabase(database);
  private final String name = "a" + COUNT.incrementAndGet();
  private final String file = name + ".camel.yaml";
  private final LogCapture log = LogCapture.open();
  private Bench bench;
  private FileHistory history;
  private Reload reload;
  private ChangeValidator validator;
  private FolderWatch watch;

  @BeforeAll
  static void open() throws Exception {
    database = QueueDatabase.create();
    // the files of the very first start are one activity
    new FileVersionRepository(database).record(Map.of("first.camel.yaml", "1"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void aRouteInAWatchedFolder() throws Exception {
    save("1");
    Map<String, String> files = FolderFiles.read(folder);
    bench = new Bench(file, files.get(file));
    history = new FileHistory(new FileVersionRepository(hanging.dataSource()), files);
    validator = new ChangeValidator(() -> LINT, new EntryPoints(Set.of()));
    reload = new Reload(bench.routes, validator, files);
    Map<String, String> first = files;
    watch =
        new FolderWatch(
            folder, INTERVAL, history.reverts()::applied, first, reload::changed, this::looked);
    versions.record(files);
    startDaemon(watch);
    startDaemon(history);
  }

  private static void startDaemon(Runnable work) {
    Thread thread = new Thread(work, "test-" + work.getClass().getSimpleName());
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() {
    hanging.respond();
    watch.stop();
    history.stop();
    log.close();
    bench.close();
    CustomEventTypes.adopt(Map.of());
  }

  @Test
  void theVersionBeforeIsWrittenAndInForce() throws Exception {
    save("2");
    awaitInForce("2");

    FileReverter.Result result = revert();

    assertThat(result.inForce()).isTrue();
    assertThat(result.written()).isTrue();
    assertThat(Files.readString(folder.resolve(file))).isEqualTo(text("1"));
    assertThat(bench.send(name)).isEqualTo("1");
    await().until(() -> versions.versions(file).size() == 3);
  }

  @Test
  void aRejectedSaveIsRevertedToTheVersionInForce() throws Exception {
    save("2");
    awaitInForce("2");
    Files.writeString(folder.resolve(file), "- rote:\n");
    await().until(() -> reload.states().rejected() == 1);

    revert();

    await().until(() -> reload.states().rejected() == 0);
    assertThat(Files.readString(folder.resolve(file))).isEqualTo(text("2"));
  }

  @Test
  void eachChangeOfAFileIsAnActivity() throws Exception {
    // a folder without files is an error, not a removal
    Files.writeString(folder.resolve("other-" + file), route("other-" + name, add("x")));
    save("2");
    awaitInForce("2");
    Files.writeString(folder.resolve(file), "- rote:\n");
    await().until(() -> activities().size() == 3);
    revert();
    await().until(() -> reload.states().rejected() == 0);
    Files.delete(folder.resolve(file));

    await().until(() -> activities().contains("relay route-removed"));
    assertThat(activities())
        .containsExactly(
            "relay route-removed",
            "ada route-reverted",
            "relay route-rejected",
            "relay route-in-force",
            "relay route-in-force");
  }

  private List<String> activities() throws SQLException {
    return new ActivityQueries(database)
            .find(
                new ActivityFilter(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Long.MAX_VALUE,
                100)
            .stream()
            .filter(entry -> entry.subject().filter(file::equals).isPresent())
            .map(entry -> entry.who() + " " + entry.action())
            .toList();
  }

  @Test
  void aDeletedFileComesBack() throws Exception {
    String other = "other-" + file;
    String otherText = route("other-" + name, add("x"));
    Files.writeString(folder.resolve(other), otherText);
    await().until(() -> versions.versions(other).size() == 1);
    Files.delete(folder.resolve(other));
    await().until(() -> !reload.inForce().containsKey(other));

    assertThat(reverter(folder).revert(other, Optional.empty(), "ada").inForce()).isTrue();

    assertThat(Files.readString(folder.resolve(other))).isEqualTo(otherText);
  }

  @Test
  void whereTheFolderCannotBeWrittenAllPodsUseTheVersionUntilTheFileChanges() throws Exception {
    save("2");
    awaitInForce("2");

    FileReverter.Result result =
        reverter(folder.resolve("none")).revert(file, Optional.empty(), "ada");

    assertThat(result.written()).isFalse();
    assertThat(result.inForce()).isTrue();
    assertThat(Files.readString(folder.resolve(file))).isEqualTo(text("2"));
    assertThat(history.reverts().activeRevert(file)).isPresent();
    FileHistory anotherPod = new FileHistory(versions, Map.of(file, text("2")));
    anotherPod.synchronize();
    assertThat(anotherPod.reverts().applied(Map.of(file, text("2"))))
        .isEqualTo(Map.of(file, text("1")));
    await().until(() -> versions.versions(file).size() == 3);
    anotherPod.synchronize();
    assertThat(versions.versions(file).get(0).text()).isEqualTo(text("1"));

    save("3");
    awaitInForce("3");
    assertThat(history.reverts().activeRevert(file)).isEmpty();
    assertThat(anotherPod.reverts().applied(Map.of(file, text("3"))))
        .isEqualTo(Map.of(file, text("3")));
  }

  @Test
  void inAMountedFolderARevertHoldsUntilTheContentOfItsFileChangesAndNeverComesBack()
      throws Exception {
    mount("2", "a");
    awaitInForce("2");

    FileReverter.Result result = revert();

    assertThat(result.written()).isFalse();
    assertThat(result.inForce()).isTrue();
    assertThat(folder.resolve(file)).isSymbolicLink().hasContent(text("2"));
    assertThat(log.lines())
        .contains(
            file
                + " in the folder differs from the version in force: ada reverted it; the revert ends when"
                + " the content of the file changes");

    mount("2", "b");
    awaitOther("b");
    assertThat(bench.send(name)).isEqualTo("1");
    assertThat(history.reverts().activeRevert(file)).isPresent();

    mount("3", "b");
    awaitInForce("3");
    assertThat(log.lines())
        .contains(file + " has changed in the folder: the revert by ada is over");

    mount("2", "c");
    awaitInForce("2");
    awaitOther("c");
    assertThat(bench.send(name)).isEqualTo("2");
    assertThat(history.reverts().activeRevert(file)).isEmpty();
  }

  @Test
  void savesComeIntoForceWhilePostgresqlHangsAndAreRecordedInOrderOnceItResponds()
      throws Exception {
    await().until(() -> versions.versions(file).size() == 1);
    hanging.hang();
    await().until(hanging::isAsked);
    for (int save = 2; save <= 4; save++) {
      save("" + save);
      assertThat(reload.await(file, text("" + save), Duration.ofSeconds(5))).isTrue();
      assertThat(bench.send(name)).isEqualTo("" + save);
    }
    assertThat(versions.versions(file)).hasSize(1);

    hanging.respond();

    await()
        .untilAsserted(
            () ->
                assertThat(versions.versions(file))
                    .extracting(FileVersion::text)
                    .containsExactly(text("4"), text("3"), text("2"), text("1")));
  }

  @Test
  void aFileIsRevertedToAVersionByItsNumber() throws Exception {
    save("2");
    awaitInForce("2");
    save("3");
    awaitInForce("3");
    await().until(() -> versions.versions(file).size() == 3);
    FileVersion first = versions.versions(file).get(2);

    assertThat(reverter(folder).revert(file, Optional.of(first.number()), "ada").inForce())
        .isTrue();
    assertThat(bench.send(name)).isEqualTo("1");
  }

  @Test
  void aVersionThatDoesNotFitTheOthersAnyMoreIsRejectedAndNothingIsWritten() throws Exception {
    versions.record(Map.of(file, route(name, to("direct:gone-" + name))));

    assertThatThrownBy(this::revert)
        .hasMessageContaining("does not fit the other files any more")
        .hasMessageContaining("gone-" + name);
    assertThat(Files.readString(folder.resolve(file))).isEqualTo(text("1"));
  }

  @Test
  void aFileWithoutAnEarlierVersionIsRejectedWithTheReason() {
    assertThatThrownBy(this::revert)
        .hasMessage("No earlier version of %s is known; delete the file to remove it", file);
    assertThatThrownBy(() -> reverter(folder).revert("none.camel.yaml", Optional.empty(), "ada"))
        .hasMessageContaining("There is no route file none.camel.yaml");
  }

  @Test
  void aHundredSavesInARowEndInTheLastAndInOneVersionOfIt() throws Exception {
    for (int n = 2; n <= 100; n++) {
      Files.writeString(folder.resolve(file), n % 3 == 0 ? "- rote:\n" : text("" + n));
    }
    save("101");

    awaitInForce("101");
    await().until(() -> versions.versions(file).get(0).text().equals(text("101")));
    assertThat(bench.send(name)).isEqualTo("101");
    assertThat(reload.states().rejected()).isZero();
    assertThat(versions.versions(file))
        .extracting(FileVersion::text)
        .doesNotHaveDuplicates()
        .doesNotContain("- rote:\n");
  }

  private FileReverter.Result revert() throws Exception {
    return reverter(folder).revert(file, Optional.empty(), "ada");
  }

  private FileReverter reverter(Path written) {
    return new FileReverter(written, versions, history.reverts(), reload, validator);
  }

  private void looked() {
    history.inForce(reload.inForce());
    history.rejected(reload.states().rejections());
  }

  /** Writes a text into the folder as Kubernetes does: the files are links through ..data. */
  private void mount(String mark, String other) throws IOException {
    Path version = Files.createDirectory(folder.resolve("..version-" + COUNT.incrementAndGet()));
    Files.writeString(version.resolve(file), text(mark));
    Files.writeString(version.resolve("other-" + file), route("other-" + name, add(other)));
    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
    Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    for (String path : List.of(file, "other-" + file)) {
      if (!Files.isSymbolicLink(folder.resolve(path))) {
        Files.deleteIfExists(folder.resolve(path));
        Files.createSymbolicLink(folder.resolve(path), Path.of("..data", path));
      }
    }
  }

  private void awaitOther(String mark) throws InterruptedException {
    String text = route("other-" + name, add(mark));
    assertThat(reload.await("other-" + file, text, Duration.ofSeconds(20))).isTrue();
  }

  private void save(String mark) throws IOException {
    Files.writeString(folder.resolve(file), text(mark));
  }

  private String text(String mark) {
    return route(name, add(mark));
  }

  private void awaitInForce(String mark) throws InterruptedException {
    assertThat(reload.await(file, text(mark), Duration.ofSeconds(20))).isTrue();
    await()
        .untilAsserted(
            () -> assertThat(versions.versions(file).get(0).text()).isEqualTo(text(mark)));
  }
}
