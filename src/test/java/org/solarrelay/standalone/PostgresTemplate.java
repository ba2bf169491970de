package org.solarrelay.standalone;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A PostgreSQL cluster that is unpacked and initialized once per build. Servers for tests start on
 * a copy, which is much faster than unpacking and {@code initdb}.
 */
public final class PostgresTemplate {

  private PostgresTemplate() {}

  /** Starts a server on {@code dir}, with a copy of the template if {@code dir} has no cluster. */
  public static LocalPostgres start(Path dir, int port) throws IOException {
    if (!Files.exists(dir.resolve("cluster"))) {
      copyTo(dir);
    }
    return LocalPostgres.start(dir, port);
  }

  /** Creates a directory that looks to {@link LocalPostgres#start} like an earlier start's. */
  static synchronized void copyTo(Path dir) throws IOException {
    Path template = initialize();
    Files.createDirectories(dir);
    Files.createSymbolicLink(dir.resolve("binaries"), template.resolve("binaries"));
    copy(template, template.resolve("password"), dir);
    try (Stream<Path> files = Files.walk(template.resolve("cluster"))) {
      for (Path file : files.toList()) {
        copy(template, file, dir);
      }
    }
  }

  /** Depends on pom.xml, and on the version of PostgreSQL where a command names another one. */
  private static Path initialize() throws IOException {
    long pom = Files.getLastModifiedTime(Path.of("pom.xml")).toMillis();
    Path target = Path.of("target").toAbsolutePath();
    Path template =
        target.resolve(
            "postgres-template-" + pom + "-" + System.getProperty("test.postgres.version"));
    // several JVMs of Maven may run this at the same time
    try (FileChannel file =
            FileChannel.open(target.resolve("postgres-template.lock"), CREATE, WRITE);
        FileLock lock = file.lock()) {
      if (!Files.exists(template)) {
        deleteOlder(target);
        Path unfinished = target.resolve("postgres-template-unfinished");
        LocalPostgres.start(unfinished, 0).close();
        Files.move(unfinished, template, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return template;
  }

  private static void deleteOlder(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("postgres-template-")) {
          DirectoryFiles.delete(file);
        }
      }
    }
  }

  private static void copy(Path template, Path file, Path dir) throws IOException {
    Path copy = dir.resolve(template.relativize(file).toString());
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
