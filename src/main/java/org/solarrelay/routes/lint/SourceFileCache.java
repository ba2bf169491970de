package org.solarrelay.routes.lint;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Caches the parsed files of a folder: a file with the same text is not parsed again. The garbage
 * collector may clear the cache, so an idle relay needs no memory for it.
 */
final class SourceFileCache {

  /**
   * @param file empty if the file has problems, or is neither a route file nor a kamelet
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
   * The files that can be read, parsed.
   *
   * @param files text by path within the folder
   * @param problems receives the problems of the other files
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
