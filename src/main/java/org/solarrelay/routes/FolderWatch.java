package org.solarrelay.routes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.solarrelay.routes.lint.FolderFiles;

/**
 * Watches a folder and reports its files when they have changed and two reads have found the same
 * content. It compares contents, because file system events are not reliable for renamed files and
 * Kubernetes' {@code ..data} links.
 */
final class FolderWatch implements Runnable {

  private static final Logger LOG = Logger.getLogger(FolderWatch.class);

  private final Path folder;
  private final Duration interval;
  private final UnaryOperator<Map<String, String>> transform;
  private final Consumer<Map<String, String>> onChange;
  private final Runnable afterRead;
  private Map<String, String> reported;
  private volatile Map<String, String> lastRead;
  private volatile Map<String, String> checked;
  private volatile Map<String, String> folderChecked;
  private boolean failing;
  private volatile boolean stopped;

  /** Watches the folder's files without reverts. */
  FolderWatch(
      Path folder,
      Duration interval,
      Map<String, String> known,
      Consumer<Map<String, String>> onChange,
      Runnable afterRead) {
    this(folder, interval, UnaryOperator.identity(), known, onChange, afterRead);
  }

  /**
   * @param interval between two reads of the folder; half of it after a change
   * @param transform replaces some of the folder's files; a change of its result is a change as
   *     well
   * @param known the files at the start, which are not reported
   * @param onChange receives text by path, on the watching thread
   * @param afterRead called after each read
   */
  FolderWatch(
      Path folder,
      Duration interval,
      UnaryOperator<Map<String, String>> transform,
      Map<String, String> known,
      Consumer<Map<String, String>> onChange,
      Runnable afterRead) {
    this.folder = folder;
    this.interval = interval;
    this.transform = transform;
    this.reported = known;
    this.lastRead = known;
    this.checked = known;
    this.folderChecked = known;
    this.onChange = onChange;
    this.afterRead = afterRead;
  }

  /**
   * The files that differ from those of the last completed call of {@code onChange}. Any thread may
   * call it.
   */
  Set<String> unchecked() {
    Set<String> paths = new TreeSet<>(differences(lastRead, checked));
    try {
      // and files that were saved since the last read
      paths.addAll(differences(FolderFiles.read(folder), folderChecked));
    } catch (IOException e) {
      LOG.debugf("%s cannot be read now: %s", folder, e.getMessage());
    }
    return paths;
  }

  private static Set<String> differences(Map<String, String> one, Map<String, String> other) {
    return Stream.of(one, other)
        .flatMap(files -> files.keySet().stream())
        .filter(path -> !Objects.equals(one.get(path), other.get(path)))
        .collect(Collectors.toSet());
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        readFolder();
        Thread.sleep(lastRead.equals(reported) ? interval.toMillis() : interval.toMillis() / 2);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void readFolder() {
    try {
      Map<String, String> files = FolderFiles.read(folder);
      if (files.isEmpty()) {
        throw new IOException("it contains no files");
      }
      Map<String, String> now = transform.apply(files);
      boolean atRest = now.equals(lastRead);
      lastRead = now;
      if (atRest && !now.equals(reported)) {
        reported = now;
        try {
          onChange.accept(now);
        } finally {
          checked = now;
        }
      }
      if (now.equals(checked)) {
        folderChecked = files;
      }
      afterRead.run();
      failing = false;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (!failing) {
        LOG.warnf("The routes stay unchanged: %s cannot be read: %s", folder, e.getMessage());
        LOG.debug("The folder of routes cannot be read", e);
      }
      failing = true;
    }
  }
}
