package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A PostgreSQL cluster that is unpacked and initialized once per build. A server for tests starts
 * on a copy of it in a fraction of the time that unpacking and {@code initdb} take.
 */
public final class PostgresTemplate {

  private PostgresTemplate() {}

  /** {@link LocalPostgres#start} on a copy of the template where {@code dir} holds no cluster. */
  public static LocalPostgres start(Path dir, int port) throws IOException {
    if (!Files.exists(dir.resolve("cluster"))) {
      copyTo(dir);
    }
    return LocalPostgres.start(dir, port);
  }

  /** Makes what {@link LocalPostgres#start} takes for the directory of an earlier start. */
  static synchronized void copyTo(Path dir) throws IOException {
    Path template = initialized();
    Files.createDirectories(dir);
    Files.createSymbolicLink(dir.resolve("binaries"), template.resolve("binaries"));
    copy(template, template.resolve("password"), dir);
    try (Stream<Path> files = Files.walk(template.resolve("cluster"))) {
      for (Path file : files.toList()) {
        copy(template, file, dir);
      }
    }
  }

  /** The version of PostgreSQL stands in pom.xml, so a changed pom.xml needs a new template. */
  private static Path initialized() throws IOException {
    long pom = Files.getLastModifiedTime(Path.of("pom.xml")).toMillis();
    Path template = Path.of("target", "postgres-template-" + pom).toAbsolutePath();
    if (!Files.exists(template)) {
      initialize(template);
    }
    return template;
  }

  /** Another JVM may do the same at the same time: the result of the first one stays. */
  private static void initialize(Path template) throws IOException {
    Path own = template.resolveSibling("postgres." + ProcessHandle.current().pid());
    LocalPostgres.start(own, 0).close();
    try {
      Files.move(own, template, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      Directories.delete(own);
      if (!Files.exists(template)) {
        throw e;
      }
    }
  }

  private static void copy(Path template, Path file, Path dir) throws IOException {
    Path copy = dir.resolve(template.relativize(file).toString());
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
