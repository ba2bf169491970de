package org.solarrelay.routes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.solarrelay.routes.history.FileRevert;

/**
 * The reverts that this pod knows. A revert that could not be written replaces the folder's file
 * until the content of that file changes. Then the revert ends, even if the same content returns
 * later.
 */
final class ActiveReverts {

  private static final Logger LOG = Logger.getLogger(ActiveReverts.class);

  /** A change of a ConfigMap reaches all pods within this time. */
  private static final Duration ROLLOUT_TIME = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Set<FileRevert> logged = new HashSet<>();
  private final Map<FileRevert, Instant> endedAt = new HashMap<>();
  private Map<String, FileRevert> reverts = Map.of();
  private Map<String, String> folder;
  private long added;

  /**
   * @param folder the folder's files, text by path
   */
  ActiveReverts(Map<String, String> folder) {
    this(folder, InstantSource.system());
  }

  ActiveReverts(Map<String, String> folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The folder's files, each replaced by the version of its active revert. */
  synchronized Map<String, String> applied(Map<String, String> now) {
    for (FileRevert revert : reverts.values()) {
      if (hasChanged(revert, now) && hasChanged(revert, folder) && !endedAt.containsKey(revert)) {
        endedAt.put(revert, clock.instant());
        if (!revert.written()) {
          LOG.infof(
              "%s has changed in the folder: the revert by %s is over", revert.path(), revert.by());
        }
      }
    }
    folder = now;
    Map<String, String> files = new TreeMap<>(now);
    reverts.values().stream()
        .filter(this::isActive)
        .forEach(revert -> files.put(revert.path(), revert.text()));
    return files;
  }

  /** The text of a file in the folder; empty if the file is missing. */
  synchronized Optional<String> inFolder(String path) {
    return Optional.ofNullable(folder.get(path));
  }

  /** Whether an operator has reverted a file to this text. */
  synchronized boolean isReverted(String path, String text) {
    FileRevert revert = reverts.get(path);
    return revert != null && revert.text().equals(text) && !endedAt.containsKey(revert);
  }

  /** The active revert of a file, if the folder's file has another text. */
  synchronized Optional<FileRevert> activeRevert(String path) {
    return Optional.ofNullable(reverts.get(path))
        .filter(this::isActive)
        .filter(revert -> !revert.text().equals(folder.get(path)));
  }

  /** Adds a revert that this pod has recorded. */
  synchronized void add(FileRevert revert) {
    Map<String, FileRevert> all = new TreeMap<>(reverts);
    all.put(revert.path(), revert);
    added++;
    replaceAll(all);
  }

  /** How many reverts {@link #add} has added. */
  synchronized long added() {
    return added;
  }

  /**
   * Takes over the recorded reverts, unless one was added since they were read.
   *
   * @param addedBefore {@link #added} before the recorded reverts were read
   * @return the reverts to end
   */
  synchronized List<FileRevert> learn(Collection<FileRevert> recorded, long addedBefore) {
    if (added != addedBefore) {
      return List.of();
    }
    Map<String, FileRevert> all = new TreeMap<>();
    List<FileRevert> ended = new ArrayList<>();
    Instant rolledOut = clock.instant().minus(ROLLOUT_TIME);
    for (FileRevert revert : recorded) {
      Instant since = endedAt.get(revert);
      if (since != null && since.isBefore(rolledOut)) {
        ended.add(revert);
      } else {
        all.put(revert.path(), revert);
      }
    }
    replaceAll(all);
    return ended;
  }

  private void replaceAll(Map<String, FileRevert> all) {
    reverts = all;
    endedAt.keySet().retainAll(all.values());
    logged.retainAll(all.values());
    for (FileRevert revert : all.values()) {
      if (activeRevert(revert.path()).isPresent() && logged.add(revert)) {
        LOG.warnf(
            "%s in the folder differs from the version in force: %s reverted it; the revert ends when"
                + " the content of the file changes",
            revert.path(), revert.by());
      }
    }
  }

  /**
   * The first files in force, without those that a revert replaces: a pod uses the folder's files
   * from its start until it has read the reverts.
   */
  synchronized Map<String, String> used(Map<String, String> inForce) {
    Map<String, String> used = new TreeMap<>(inForce);
    for (FileRevert revert : reverts.values()) {
      String text = used.get(revert.path());
      if (isActive(revert) && replaced(revert, text) && !revert.text().equals(text)) {
        used.remove(revert.path());
      }
    }
    return used;
  }

  private boolean isActive(FileRevert revert) {
    return !revert.written()
        && !endedAt.containsKey(revert)
        && replaced(revert, folder.get(revert.path()));
  }

  /** Whether the folder has neither the replaced text nor, after a written revert, the new text. */
  private static boolean hasChanged(FileRevert revert, Map<String, String> folder) {
    String text = folder.get(revert.path());
    boolean reverted = revert.written() && revert.text().equals(text);
    return !replaced(revert, text) && !reverted;
  }

  private static boolean replaced(FileRevert revert, String text) {
    return revert.replaces().equals(Optional.ofNullable(text));
  }
}
