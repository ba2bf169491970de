package org.solarrelay.routes.lint;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a folder as they were last read: a file with the same text is not parsed again. The
 * garbage collector may take them, so an idle relay does not keep them.
 */
final class SourceFileCache {

  /**
   * @param file empty where it has problems, or is neither of routes nor a kamelet
   */
  private record ReadFile(String text, Optional<SourceFile> file, List<Problem> problems) {

    static ReadFile of(String name, String text) {
      List<Problem> problems = new ArrayList<>();
      Optional<SourceFile> file = SourceFile.read(name, text, problems);
      return new ReadFile(text, file, List.copyOf(problems));
    }
  }

  private SoftReference<Map<String, ReadFile>> last = new SoftReference<>(Map.of());

  /**
   * The files that can be read.
   *
   * @param files text by path within the folder
   * @param problems what is wrong with the others is added
   */
  synchronized List<SourceFile> read(Map<String, String> files, List<Problem> problems) {
    Map<String, ReadFile> before = Optional.ofNullable(last.get()).orElse(Map.of());
    Map<String, ReadFile> now = new HashMap<>();
    List<SourceFile> readable = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          ReadFile same = before.get(name);
          ReadFile read = same != null && same.text().equals(text) ? same : ReadFile.of(name, text);
          now.put(name, read);
          read.file().ifPresent(readable::add);
          problems.addAll(read.problems());
        });
    last = new SoftReference<>(now);
    return readable;
  }
}
