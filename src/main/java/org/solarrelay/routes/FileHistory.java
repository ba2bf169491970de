package org.solarrelay.routes;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.solarrelay.routes.history.FileRevert;
import org.solarrelay.routes.history.FileVersionRepository;

/**
 * Keeps the history of the route files in PostgreSQL, and puts reverted versions in the place of
 * what stands in a folder that cannot be written. While PostgreSQL is away, routes go on with what
 * is known.
 */
final class FileHistory {

  private static final Logger LOG = Logger.getLogger(FileHistory.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST_WAITING = 100;

  /** A ConfigMap reaches all pods within this time: none of them has the replaced text then. */
  private static final Duration ROLLED_OUT = Duration.ofMinutes(10);

  private final FileVersionRepository repository;
  private final Deque<Map<String, String>> waiting = new ArrayDeque<>();
  private final Set<FileRevert> used = new HashSet<>();
  private volatile Map<String, FileRevert> reverts = Map.of();
  private volatile Map<String, String> folder;
  private long next = System.nanoTime();
  private int failures;

  /**
   * @param loaded the files in force at the start, text by path
   */
  FileHistory(FileVersionRepository repository, Map<String, String> loaded) {
    this.repository = repository;
    this.folder = loaded;
    waiting.add(loaded);
  }

  /** The files of the folder, with reverted versions in the place of what they replace. */
  Map<String, String> applied(Map<String, String> now) {
    folder = now;
    if (reverts.isEmpty()) {
      return now;
    }
    Map<String, String> files = new TreeMap<>(now);
    reverts.values().stream()
        .filter(revert -> replaces(revert, now))
        .forEach(revert -> files.put(revert.path(), revert.text()));
    return files;
  }

  /** The text of a file as it stands in the folder; empty where it is not there. */
  Optional<String> inFolder(String path) {
    return Optional.ofNullable(folder.get(path));
  }

  /** Whether an operator has asked for this text of a file. */
  boolean isReverted(String path, String text) {
    FileRevert revert = reverts.get(path);
    return revert != null && revert.text().equals(text);
  }

  /** The revert that is in the place of the folder's file. */
  Optional<FileRevert> inPlaceOf(String path) {
    return Optional.ofNullable(reverts.get(path)).filter(revert -> replaces(revert, folder));
  }

  /** Knows a revert at once that this pod has recorded. */
  synchronized void add(FileRevert revert) {
    Map<String, FileRevert> all = new TreeMap<>(reverts);
    all.put(revert.path(), revert);
    reverts = Map.copyOf(all);
  }

  /** Files that have come into force, to be recorded. */
  synchronized void inForce(Map<String, String> changed) {
    if (!changed.isEmpty()) {
      waiting.add(changed);
      if (waiting.size() > MOST_WAITING) {
        waiting.remove();
      }
    }
  }

  /** Records what waits and learns of reverts; called often, looks every other second. */
  synchronized void synchronize() {
    if (System.nanoTime() - next < 0) {
      return;
    }
    try {
      learn();
      while (!waiting.isEmpty()) {
        repository.record(used(waiting.peek()));
        waiting.remove();
      }
      next = System.nanoTime() + LOOK_NANOS;
      failures = 0;
    } catch (SQLException e) {
      failures++;
      // at the first start the tables are not there yet
      next = System.nanoTime() + (failures == 1 ? LOOK_NANOS : AFTER_FAILURE_NANOS);
      if (failures == 2) {
        LOG.warnf("Versions of route files are not recorded for now: %s", e.getMessage());
      }
    }
  }

  /** A pod that starts has the folder's files in force until it knows of reverts. */
  private Map<String, String> used(Map<String, String> inForce) {
    Map<String, String> used = new TreeMap<>(inForce);
    reverts
        .values()
        .forEach(
            revert -> {
              if (replaces(revert, inForce) && !revert.text().equals(used.get(revert.path()))) {
                used.remove(revert.path());
              }
            });
    return used;
  }

  private void learn() throws SQLException {
    Map<String, FileRevert> found =
        repository.reverts().stream()
            .collect(Collectors.toMap(FileRevert::path, Function.identity()));
    for (FileRevert revert : Map.copyOf(found).values()) {
      if (isOver(revert)) {
        repository.end(revert);
        found.remove(revert.path());
      } else if (replaces(revert, folder) && used.add(revert)) {
        LOG.warnf(
            "%s is used as %s reverted it, not as it stands in the folder",
            revert.path(), revert.by());
      }
    }
    used.retainAll(found.values());
    reverts = Map.copyOf(found);
  }

  /** The folder has a third text, and had the time to have it on all pods. */
  private boolean isOver(FileRevert revert) {
    String text = folder.get(revert.path());
    boolean other = !replaces(revert, folder) && !revert.text().equals(text);
    return other && revert.at().isBefore(OffsetDateTime.now().minus(ROLLED_OUT));
  }

  private static boolean replaces(FileRevert revert, Map<String, String> folder) {
    return !revert.written()
        && Objects.equals(revert.replaces().orElse(null), folder.get(revert.path()));
  }
}
