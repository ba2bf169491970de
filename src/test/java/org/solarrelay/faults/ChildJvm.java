package org.solarrelay.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM that ends with this one; what it says is in {@code target/faults}. It is the image's Java
 * 25 where one is installed beside the Java of the tests, so that the suite covers both.
 */
public final class ChildJvm {

  /** Forks of Maven start programs of the same name at the same time. */
  private static final Path LOGS =
      Path.of("target", "faults", System.getProperty("relay.test.fork", ""));

  private static final String VERSION_OF_IMAGE = "JAVA_VERSION=\"25";

  private static final Path JAVA = javaOfImage().resolve("bin").resolve("java");

  /**
   * For JVMs that live for seconds, several at once on few cores. The optimizing compiler and the
   * verification of byte code, a seventh of a start's processor time, do not pay.
   */
  public static final List<String> QUICK_START =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-BytecodeVerificationRemote");

  private final Process process;
  private final Path log;
  private final long logFrom;

  private ChildJvm(Process process, Path log, long logFrom) {
    this.process = process;
    this.log = log;
    this.logFrom = logFrom;
  }

  /**
   * @param arguments of {@code java}
   */
  static ChildJvm start(String name, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Xmx384m"));
    command.addAll(QUICK_START);
    command.addAll(arguments);
    Path log = Files.createDirectories(LOGS).resolve(name + ".log");
    long logFrom = Files.exists(log) ? Files.size(log) : 0;
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    ChildJvm child = new ChildJvm(builder.start(), log, logFrom);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(child::end));
    } catch (IllegalStateException thisOneEndsAlready) {
      child.end();
    }
    return child;
  }

  private static Path javaOfImage() {
    Path home = Path.of(System.getProperty("java.home"));
    try (Stream<Path> homes = Files.list(home.toAbsolutePath().getParent())) {
      return homes.filter(ChildJvm::isOfImage).findFirst().orElse(home);
    } catch (IOException e) {
      return home;
    }
  }

  private static boolean isOfImage(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin").resolve("java"))
          && Files.readString(home.resolve("release")).contains(VERSION_OF_IMAGE);
    } catch (IOException e) {
      return false;
    }
  }

  ChildJvm once(Callable<Boolean> ready) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> !process.isAlive() || ready.call());
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended; see " + log);
    }
    return this;
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What Kubernetes does, with its patience; nothing where it has ended. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("it did not stop; see " + log);
    }
  }

  /** For good, while this JVM ends. */
  void end() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the log since the start. */
  String log() throws IOException {
    byte[] all = Files.readAllBytes(log);
    return new String(all, (int) logFrom, all.length - (int) logFrom, StandardCharsets.UTF_8);
  }
}
