package org.solarrelay.config;

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

/** Reads a folder with one file per setting: the name is the variable's, the text the value. */
public final class SecretFolder {

  /** In bytes; a larger file is not a setting. */
  private static final int MAX_SIZE = 64 * 1024;

  private SecretFolder() {}

  /**
   * Returns the stripped values by name. Leaves out blank files, and hidden files because
   * Kubernetes keeps its own beside the settings.
   *
   * @throws IOException if the folder cannot be read
   */
  public static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (Path file : settingFiles(folder)) {
      try {
        String value = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (!value.isEmpty()) {
          values.put(file.getFileName().toString(), value);
        }
      } catch (NoSuchFileException e) {
        // removed since the folder was listed
      }
    }
    return values;
  }

  private static List<Path> settingFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(SecretFolder::isSetting).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isSetting(Path file) {
    try {
      return !file.getFileName().toString().startsWith(".")
          && Files.isRegularFile(file)
          && Files.size(file) <= MAX_SIZE;
    } catch (IOException e) {
      return false;
    }
  }
}
