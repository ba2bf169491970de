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
 * Changes that came into force and are not recorded yet, oldest first. Of each file it holds as
 * many versions as the history keeps: what is left out would be forgotten with the next ones.
 */
final class UnrecordedVersions {

  /** Names of files may change without end. */
  private static final int MOST_CHANGES = 1_000;

  private final Deque<Map<String, String>> changes = new ArrayDeque<>();

  /**
   * @param change text by path
   */
  synchronized void add(Map<String, String> change) {
    changes.addLast(new TreeMap<>(change));
    Map<String, Integer> versions = new HashMap<>();
    for (Iterator<Map<String, String>> newestFirst = changes.descendingIterator();
        newestFirst.hasNext(); ) {
      Map<String, String> one = newestFirst.next();
      one.keySet()
          .removeIf(path -> versions.merge(path, 1, Integer::sum) > FileVersionRepository.KEPT);
      if (one.isEmpty()) {
        newestFirst.remove();
      }
    }
    if (changes.size() > MOST_CHANGES) {
      changes.removeFirst();
    }
  }

  /** Takes the oldest change out, to be recorded; empty where none waits. */
  synchronized Optional<Map<String, String>> take() {
    return Optional.ofNullable(changes.pollFirst());
  }

  /** Puts a change back that was taken out and could not be recorded. */
  synchronized void giveBack(Map<String, String> change) {
    changes.addFirst(change);
  }

  /** How many changes wait. */
  synchronized int size() {
    return changes.size();
  }
}
