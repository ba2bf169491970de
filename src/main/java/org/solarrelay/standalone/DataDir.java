package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The directory that holds all data, claimed by one process at a time. */
final class DataDir implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataDir(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * @return empty where another process holds it
   */
  static Optional<DataDir> claim(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel file =
        FileChannel.open(
            lockFile(path),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      // the last byte there can be: Windows lets nobody read what is locked
      FileLock lock = file.tryLock(Long.MAX_VALUE - 1, 1, false);
      if (lock != null) {
        String pid = ProcessHandle.current().pid() + "\n";
        file.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        return Optional.of(new DataDir(path, file));
      }
    } catch (OverlappingFileLockException e) {
      // held by this very process: as much in use as by another
    }
    file.close();
    return Optional.empty();
  }

  /** The number of the process that holds {@code path}. */
  static String holder(Path path) throws IOException {
    return Files.readString(lockFile(path)).strip();
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private static Path lockFile(Path path) {
    return path.resolve("lock");
  }
}
