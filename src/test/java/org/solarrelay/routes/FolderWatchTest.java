package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.routes.lint.FolderFiles;

class FolderWatchTest {

  private static final String A = "a.camel.yaml";
  private static final String D = "d.camel.yaml";
  private static final Duration INTERVAL = Duration.ofMillis(100);

  @TempDir Path folder;

  private final List<Map<String, String>> reported = new CopyOnWriteArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();
  private FolderWatch watch;

  @BeforeEach
  void oneFile() throws IOException {
    Files.writeString(folder.resolve(A), "1");
  }

  @AfterEach
  void stop() {
    watch.stop();
  }

  @Test
  void anEditIsReported() throws IOException {
    watch(folder);

    Files.writeString(folder.resolve(A), "2");

    awaitReport(Map.of(A, "2"));
  }

  @Test
  void whatAnEditorRenamesIntoPlaceIsReportedAndItsOwnFilesAreNot() throws IOException {
    watch(folder);
    Files.writeString(folder.resolve(".a.camel.yaml.swp"), "x");
    Files.writeString(folder.resolve("a.camel.yaml~"), "x");

    Path written = Files.writeString(folder.resolve(".a.new"), "2");
    Files.move(written, folder.resolve(A), StandardCopyOption.ATOMIC_MOVE);

    awaitReport(Map.of(A, "2"));
  }

  @Test
  void manySavesInARowAreReportedOnce() throws Exception {
    watch(folder, Duration.ofMillis(500));

    for (int i = 2; i <= 11; i++) {
      Files.writeString(folder.resolve(A), "" + i);
      TimeUnit.MILLISECONDS.sleep(100);
    }

    awaitReport(Map.of(A, "11"));
    assertThat(reported.size()).isLessThan(5);
  }

  @Test
  void aKubernetesVolumeIsFollowedWhenItsDataLinkIsExchanged() throws IOException {
    Path volume = folder.resolve("volume");
    release(volume, "..1", "1");
    Files.createSymbolicLink(volume.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(volume.resolve(A), Path.of("..data", A));
    Files.createSymbolicLink(volume.resolve("kamelets"), Path.of("..data", "kamelets"));
    watch(volume);

    release(volume, "..2", "2");
    Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2"));
    Files.move(
        volume.resolve("..data_tmp"),
        volume.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);

    awaitReport(Map.of(A, "2", "kamelets/k-x-sink.kamelet.yaml", "2"));
  }

  @Test
  void aSavedOrDeletedFileIsUncheckedUntilTheChangeIsThroughAndOthersAreNot() throws Exception {
    Files.writeString(folder.resolve("b.camel.yaml"), "1");
    Files.writeString(folder.resolve("c.camel.yaml"), "1");
    CountDownLatch through = new CountDownLatch(1);
    watch =
        new FolderWatch(
            folder,
            INTERVAL,
            FolderFiles.read(folder),
            files -> {
              reported.add(files);
              awaitEnd(through);
            },
            looks::incrementAndGet);
    assertThat(watch.unchecked()).isEmpty();

    Files.writeString(folder.resolve(A), "2");
    Files.delete(folder.resolve("b.camel.yaml"));
    Files.writeString(folder.resolve(D), "1");
    assertThat(watch.unchecked()).as("before a look").containsExactly(A, "b.camel.yaml", D);

    new Thread(watch, "watch").start();
    await().until(() -> !reported.isEmpty());
    assertThat(watch.unchecked()).as("during the check").containsExactly(A, "b.camel.yaml", D);

    through.countDown();
    await().until(() -> watch.unchecked().isEmpty());
  }

  private static void awaitEnd(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDeletedFileIsReported() throws IOException {
    Files.writeString(folder.resolve("b.camel.yaml"), "1");
    watch(folder);

    Files.delete(folder.resolve("b.camel.yaml"));

    awaitReport(Map.of(A, "1"));
  }

  @Test
  void aMissingFolderChangesNothing() throws IOException {
    watch(folder);

    Files.delete(folder.resolve(A));
    int before = looks.get();
    Files.writeString(folder.resolve("b.camel.yaml"), "2");

    awaitReport(Map.of("b.camel.yaml", "2"));
    assertThat(reported).doesNotContain(Map.of());
    assertThat(looks.get()).isGreaterThanOrEqualTo(before);
  }

  private static void release(Path volume, String name, String text) throws IOException {
    Files.createDirectories(volume.resolve(name).resolve("kamelets"));
    Files.writeString(volume.resolve(name).resolve(A), text);
    Files.writeString(volume.resolve(name).resolve("kamelets/k-x-sink.kamelet.yaml"), text);
  }

  private void watch(Path watched) throws IOException {
    watch(watched, INTERVAL);
  }

  private void watch(Path watched, Duration interval) throws IOException {
    watch =
        new FolderWatch(
            watched, interval, FolderFiles.read(watched), reported::add, looks::incrementAndGet);
    new Thread(watch, "watch").start();
    await().until(() -> looks.get() > 0);
  }

  private void awaitReport(Map<String, String> files) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> reported.contains(files));
    assertThat(reported.get(reported.size() - 1)).isEqualTo(files);
  }
}
