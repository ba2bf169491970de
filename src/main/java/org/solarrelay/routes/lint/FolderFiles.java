package org.solarrelay.routes.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads all files of a route folder that the program uses, in one consistent state. */
public final class FolderFiles {

  private static final Pattern YAML = Pattern.compile("[^.].*\\.ya?ml");

  /** Routes and kamelets in other folders. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("([^./][^/]*/)+[^./][^/]*\\.(camel|kamelet)\\.ya?ml");

  private static final int DEPTH = 4;
  private static final Pattern JSON = Pattern.compile("[^.].*\\.json");

  private FolderFiles() {}

  /**
   * The texts of the files, by path within the folder:
   *
   * <ul>
   *   <li>{@code *.yaml} and {@code *.yml} in the folder itself and in {@code kamelets/};
   *   <li>{@code *.json} in {@code schemas/};
   *   <li>routes and kamelets in other subfolders, which the program does not use.
   * </ul>
   *
   * <p>U+FFFD replaces each byte that is not UTF-8. Hidden files are left out: editors and
   * Kubernetes create them.
   *
   * @throws IOException if the folder cannot be read, or changes during the read
   */
  public static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    readInto(files, folder, "", YAML);
    readInto(files, folder.resolve("kamelets"), "kamelets/", YAML);
    readInto(files, folder.resolve("schemas"), "schemas/", JSON);
    readElsewhere(files, folder);
    return files;
  }

  private static void readElsewhere(Map<String, String> files, Path folder) throws IOException {
    for (Path file : below(folder)) {
      String path = folder.relativize(file).toString().replace('\\', '/');
      if (ELSEWHERE.matcher(path).matches() && !files.containsKey(path)) {
        readFile(files, file, path);
      }
    }
  }

  /**
   * The subfolders without samples, hidden folders, and folders without read permission, such as
   * lost+found.
   */
  private static List<Path> below(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        Set.of(),
        DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            boolean left =
                at.equals(folder.resolve("samples"))
                    || !at.equals(folder) && at.getFileName().toString().startsWith(".");
            return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
            if (Files.isRegularFile(at)) {
              found.add(at);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path at, IOException failure) throws IOException {
            if (at.equals(folder)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
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
      readFile(files, file, prefix + file.getFileName());
    }
  }

  private static void readFile(Map<String, String> files, Path file, String path)
      throws IOException {
    try {
      // a rule reports bytes that are not UTF-8
      files.put(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      // the file was deleted after it was listed
    }
  }

  private static boolean isWanted(Path file, Pattern wanted) {
    String name = file.getFileName().toString();
    return wanted.matcher(name).matches() && Files.isRegularFile(file);
  }
}
