package org.solarrelay.standalone;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks and runs PostgreSQL's programs from a library that has them for every system.
 *
 * <p>The library could also start the server, but its shutdown hook would stop the server before
 * the application has drained.
 */
final class PostgresBinaries {
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  /** A strong reference, because java.util.logging drops unreferenced loggers with their levels. */
  private static final Logger LIBRARY_LOGGER = Logger.getLogger("io.zonky.test");

  private final Path bin;

  private PostgresBinaries(Path bin) {
    this.bin = bin;
  }

  /** Unpacks the programs into {@code dir}, unless an earlier start has. */
  static PostgresBinaries unpackedIn(Path dir) throws IOException {
    LIBRARY_LOGGER.setLevel(Level.SEVERE);
    if (!Files.exists(dir)) {
      Path unfinished = dir.resolveSibling(dir.getFileName() + ".new");
      DirectoryFiles.delete(unfinished);
      unpack(unfinished);
      Files.move(unfinished, dir, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(dir.resolve("bin"));
  }

  /** The major version, such as 18. */
  int majorVersion() throws IOException {
    Process process = new ProcessBuilder(path("postgres"), "--version").start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = Pattern.compile("\\(PostgreSQL\\) (\\d+)").matcher(output);
    if (!version.find()) {
      throw new IOException("PostgreSQL does not say its version: " + output);
    }
    return Integer.parseInt(version.group(1));
  }

  private String path(String program) {
    return bin.resolve(WINDOWS ? program + ".exe" : program).toString();
  }

  /**
   * Runs a program and waits for its end.
   *
   * @param output the file to which its output is appended
   * @throws IOException if the program fails; the message names it and {@code output}
   */
  void run(Path output, String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      // PostgreSQL refuses to run as root; in its own user namespace it does not run as root
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(path(program));
    command.addAll(arguments);
    File log = output.toFile();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      process.getOutputStream().close();
      if (process.waitFor() != 0) {
        throw new IOException("PostgreSQL's " + program + " failed; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while running PostgreSQL's " + program, e);
    }
  }

  private static void unpack(Path target) throws IOException {
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    String system =
        WINDOWS ? "Windows" : System.getProperty("os.name").replace("Mac OS X", "Darwin");
    try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink() || entry.isLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      if ((entry.getMode() & 0100) != 0) {
        file.toFile().setExecutable(true, false);
      }
    }
  }
}
