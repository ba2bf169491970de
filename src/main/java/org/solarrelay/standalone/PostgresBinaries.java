package org.solarrelay.standalone;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked from the library that carries them for every system.
 *
 * <p>The library could start the server too, but then stops it from a shutdown hook of its own,
 * before the application has drained.
 */
final class PostgresBinaries {
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  /** Held here because java.util.logging forgets a level once nobody holds the logger. */
  private static final Logger CHATTY = Logger.getLogger("io.zonky.test");

  private final Path bin;

  private PostgresBinaries(Path bin) {
    this.bin = bin;
  }

  /** Unpacks into {@code dir}, unless an earlier start has done so. */
  static PostgresBinaries unpackedIn(Path dir) throws IOException {
    CHATTY.setLevel(Level.SEVERE);
    if (!Files.exists(dir)) {
      Path unfinished = dir.resolveSibling(dir.getFileName() + ".new");
      DirectoryFiles.delete(unfinished);
      unpack(unfinished);
      Files.move(unfinished, dir, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(dir.resolve("bin"));
  }

  /**
   * Runs one program to its end.
   *
   * @param output the file its output is added to
   * @throws IOException naming the program and {@code output} when it fails
   */
  void run(Path output, String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is not
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(bin.resolve(WINDOWS ? program + ".exe" : program).toString());
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
