package org.solarrelay.routes.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the YAML files of a folder of routes at one moment. */
public final class FolderFiles {

  private FolderFiles() {}

  /**
   * The text of each file in the folder itself and in {@code kamelets/} whose name ends in {@code
   * .yaml} or {@code .yml}, by path within the folder. Hidden files are left out: editors and
   * Kubernetes keep theirs beside the real ones.
   *
   * @throws IOException where the folder can not be read, or changed while it was being read
   */
  public static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    readInto(files, folder, "");
    readInto(files, folder.resolve("kamelets"), "kamelets/");
    return files;
  }

  private static void readInto(Map<String, String> files, Path folder, String prefix)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> listed = Files.list(folder)) {
      found = listed.filter(FolderFiles::isYaml).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : found) {
      try {
        // bytes that are no UTF-8 are for the rules to complain of
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        files.put(prefix + file.getFileName(), text);
      } catch (NoSuchFileException e) {
        // deleted since it was listed
      }
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml"))
        && Files.isRegularFile(file);
  }
}
