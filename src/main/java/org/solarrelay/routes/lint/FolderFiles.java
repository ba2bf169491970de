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

/** Reads the files of a folder of routes that have effect, at one moment. */
public final class FolderFiles {

  private static final Pattern YAML = Pattern.compile("[^.].*\\.ya?ml");

  /** Routes and kamelets in a folder of a folder. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("([^./][^/]*/)+[^./][^/]*\\.(camel|kamelet)\\.ya?ml");

  private static final int DEPTH = 4;
  private static final Pattern JSON = Pattern.compile("[^.].*\\.json");

  private FolderFiles() {}

  /**
   * The text of each file in the folder itself and in {@code kamelets/} whose name ends in {@code
   * .yaml} or {@code .yml}, of each in {@code schemas/} whose name ends in {@code .json}, and of
   * routes and kamelets in other folders below, where the program does not read them; by path
   * within the folder. A byte that is no UTF-8 is U+FFFD. Hidden files are left out: editors and
   * Kubernetes keep theirs beside the real ones.
   *
   * @throws IOException where the folder can not be read, or changed while it was being read
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
   * Without samples and hidden folders, and without those that may not be read, such as lost+found.
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
      // bytes that are no UTF-8 are for the rules to complain of
      files.put(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      // deleted since it was listed
    }
  }

  private static boolean isWanted(Path file, Pattern wanted) {
    String name = file.getFileName().toString();
    return wanted.matcher(name).matches() && Files.isRegularFile(file);
  }
}
