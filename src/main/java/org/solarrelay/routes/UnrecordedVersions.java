package org.solarrelay.routes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.solarrelay.routes.history.FileVersionRepository;

/**
 * Changes that are in force and not recorded yet, oldest first. It holds as many versions of each
 * file as the history stores; the history would delete older ones.
 */
final class UnrecordedVersions {

  /** Bounds the memory, because the number of file names is unlimited. */
  private static final int MAX_CHANGES = 1_000;

  private final Deque<Map<String, String>> changes = new ArrayDeque<>();

  /**
   * @param change text by path
   */
  synchronized void add(Map<String, String> change) {
    changes.addLast(new TreeMap<>(change));
    Map<String, Integer> versions = new HashMap<>();
    for (Iterator<Map<String, String>> newestFirst = changes.descendingIterator();
        newestFirst.hasNext(); ) {
      Map<String, String> files = newestFirst.next();
      files
          .keySet()
          .removeIf(path -> versions.merge(path, 1, Integer::sum) > FileVersionRepository.KEPT);
      if (files.isEmpty()) {
        newestFirst.remove();
      }
    }
    if (changes.size() > MAX_CHANGES) {
      changes.removeFirst();
    }
  }

  /** Removes and returns the oldest change; empty if there is none. */
  synchronized Optional<Map<String, String>> take() {
    return Optional.ofNullable(changes.pollFirst());
  }

  /** Returns a change that could not be recorded, as the oldest. */
  synchronized void putBack(Map<String, String> change) {
    changes.addFirst(change);
  }

  /** How many changes are not recorded. */
  synchronized int size() {
    return changes.size();
  }
}
