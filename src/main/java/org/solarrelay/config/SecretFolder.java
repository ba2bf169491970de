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

/** A folder in which each file is a setting: its name is the variable's, its text the value. */
public final class SecretFolder {

  /** Beyond every key; what is larger is no setting. */
  private static final int LARGEST = 64 * 1024;

  private SecretFolder() {}

  /**
   * The values by name, without the white space around them. Hidden files are left out, because
   * Kubernetes keeps its own beside the real ones, and so are blank ones.
   *
   * @throws IOException where the folder can not be read
   */
  public static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (Path file : settings(folder)) {
      try {
        String value = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (!value.isEmpty()) {
          values.put(file.getFileName().toString(), value);
        }
      } catch (NoSuchFileException e) {
        // taken away since it was listed
      }
    }
    return values;
  }

  private static List<Path> settings(Path folder) throws IOException {
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
          && Files.size(file) <= LARGEST;
    } catch (IOException e) {
      return false;
    }
  }
}
