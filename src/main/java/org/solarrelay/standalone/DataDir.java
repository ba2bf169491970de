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

/** The data directory, locked by one process at a time. */
final class DataDir implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataDir(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Locks the directory.
   *
   * @return empty if another process has the lock
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
      // locks the last possible byte, because Windows prevents reading locked bytes
      FileLock lock = file.tryLock(Long.MAX_VALUE - 1, 1, false);
      if (lock != null) {
        String pid = ProcessHandle.current().pid() + "\n";
        file.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        return Optional.of(new DataDir(path, file));
      }
    } catch (OverlappingFileLockException e) {
      // this process has the lock already
    }
    file.close();
    return Optional.empty();
  }

  /** The pid of the process that has locked {@code path}. */
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
