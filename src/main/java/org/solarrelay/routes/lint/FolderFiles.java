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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files of a folder of routes that have effect, at one moment. */
public final class FolderFiles {

  private static final Pattern YAML = Pattern.compile("[^.].*\\.ya?ml");
  private static final Pattern JSON = Pattern.compile("[^.].*\\.json");

  private FolderFiles() {}

  /**
   * The text of each file in the folder itself and in {@code kamelets/} whose name ends in {@code
   * .yaml} or {@code .yml}, and of each in {@code schemas/} whose name ends in {@code .json}, by
   * path within the folder. Hidden files are left out: editors and Kubernetes keep theirs beside
   * the real ones.
   *
   * @throws IOException where the folder can not be read, or changed while it was being read
   */
  public static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    readInto(files, folder, "", YAML);
    readInto(files, folder.resolve("kamelets"), "kamelets/", YAML);
    readInto(files, folder.resolve("schemas"), "schemas/", JSON);
    return files;
  }

  private static void readInto(
      Map<String, String> files, Path folder, String prefix, Pattern wanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> listed = Files.list(folder)) {
      found = listed.filter(file -> isWanted(file, wanted)).toList();
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

  private static boolean isWanted(Path file, Pattern wanted) {
    String name = file.getFileName().toString();
    return wanted.matcher(name).matches() && Files.isRegularFile(file);
  }
}
