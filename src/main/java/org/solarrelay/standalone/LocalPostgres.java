package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Runs a real PostgreSQL server on loopback. The data persist: a later start on the same directory
 * has the same tables. A start first stops a server that a killed process has left running there.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String USER = "relay";

  /** The first version that needs no locale of the system. Tests run on older ones as well. */
  private static final int FIRST_WITH_LOCALES = 17;

  private final PostgresBinaries binaries;
  private final Path cluster;
  private final Path log;
  private final Path passwordFile;
  private final int port;

  private LocalPostgres(Path dir, int port) throws IOException {
    this.binaries = PostgresBinaries.unpackedIn(dir.resolve("binaries"));
    this.cluster = dir.resolve("cluster");
    this.log = dir.resolve("postgres.log");
    this.passwordFile = dir.resolve("password");
    this.port = port;
  }

  /**
   * Starts the server and waits until it accepts connections.
   *
   * @param dir the directory for programs, tables, log and password; created if absent
   * @param port the port; 0 for any free one
   * @throws IOException if the server does not start; the message names its log
   */
  public static LocalPostgres start(Path dir, int port) throws IOException {
    stopOrphan(dir);
    Path absolute = Files.createDirectories(dir.toAbsolutePath());
    LocalPostgres postgres = new LocalPostgres(absolute, port == 0 ? LocalPorts.anyFree() : port);
    if (!Files.exists(postgres.cluster)) {
      postgres.initialize();
    }
    postgres.launch();
    return postgres;
  }

  /** Stops the server that a killed process has left running on {@code dir}, if there is one. */
  static void stopOrphan(Path dir) throws IOException {
    Path absolute = dir.toAbsolutePath();
    if (Files.exists(absolute.resolve("cluster/postmaster.pid"))) {
      LocalPostgres orphan = new LocalPostgres(absolute, 0);
      new OrphanedPostgres(orphan.cluster).remove(orphan::close);
    }
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public String user() {
    return USER;
  }

  public String password() throws IOException {
    return Files.readString(passwordFile);
  }

  /** Ends all connections, and waits until all data are on disk and the port is free. */
  @Override
  public void close() throws IOException {
    binaries.run(
        log, "pg_ctl", List.of("stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "30"));
  }

  private void initialize() throws IOException {
    Path unfinished = cluster.resolveSibling("cluster.new");
    DirectoryFiles.delete(unfinished);
    writePassword();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync"));
    arguments.addAll(
        binaries.majorVersion() >= FIRST_WITH_LOCALES
            ? List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
            : List.of("--locale=C.UTF-8"));
    binaries.run(log, "initdb", arguments);
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(passwordFile);
    if (passwordFile.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(passwordFile, HexFormat.of().formatHex(random));
  }

  private void launch() throws IOException {
    // pg_ctl starts the server in a new session, so that Ctrl-C in the terminal does not stop it
    String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
    binaries.run(
        log,
        "pg_ctl",
        List.of("start", "-D", cluster.toString(), "-l", log.toString(), "-o", options, "-w"));
  }
}
