package org.solarrelay.routes.lint;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks each file by itself, once: it caches the problems of a file as long as the file is in
 * memory.
 */
final class FileCheck {

  private final Function<SourceFile, Stream<Problem>> check;
  private final Map<SourceFile, List<Problem>> found =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param check depends only on the file
   */
  FileCheck(Function<SourceFile, Stream<Problem>> check) {
    this.check = check;
  }

  Stream<Problem> of(SourceFile file) {
    List<Problem> before = found.get(file);
    if (before != null) {
      return before.stream();
    }
    List<Problem> problems = check.apply(file).toList();
    found.put(file, problems);
    return problems.stream();
  }
}
