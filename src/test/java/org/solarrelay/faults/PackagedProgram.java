package org.solarrelay.faults;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packaged program, started as the image starts it: with one flat class path and, on the
 * image's Java, with an AOT cache. The first start of a build trains the cache for all JVMs of the
 * tests.
 */
final class PackagedProgram {

  private static final Path BUILD = Path.of("target", "quarkus-app");
  private static final Path FOLDER = Path.of("target", "faults");
  private static final Path CACHE = FOLDER.resolve("app.aot");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private PackagedProgram() {}

  /** The arguments of {@code java} that start the program. */
  static List<String> arguments() throws IOException {
    List<String> program = List.of("-cp", classPath(), "org.solarrelay.Main");
    if (!ChildJvm.isOnJavaOfImage()) {
      return program;
    }
    trainOnce(program);
    List<String> arguments = new ArrayList<>(List.of("-XX:AOTCache=" + CACHE));
    arguments.addAll(program);
    return arguments;
  }

  private static String classPath() throws IOException {
    List<Path> jars = new ArrayList<>();
    jars.add(BUILD.resolve(Path.of("quarkus", "transformed-bytecode.jar")));
    jars.add(BUILD.resolve(Path.of("quarkus", "generated-bytecode.jar")));
    for (String folder : List.of("app", "lib/boot", "lib/main")) {
      try (Stream<Path> files = Files.list(BUILD.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return jars.stream()
        .filter(Files::exists)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void trainOnce(List<String> program) throws IOException {
    Files.createDirectories(FOLDER);
    try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve("app.aot.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (!Files.exists(CACHE) || isOlderThanBuild()) {
        train(program);
      }
    }
  }

  private static boolean isOlderThanBuild() throws IOException {
    return Files.getLastModifiedTime(CACHE)
            .compareTo(Files.getLastModifiedTime(BUILD.resolve("quarkus-run.jar")))
        < 0;
  }

  /** Starts the program without Kafka and PostgreSQL, and ends it; the JVM writes the cache. */
  private static void train(List<String> program) throws IOException {
    Path written = FOLDER.resolve("training.aot");
    Path log = FOLDER.resolve("training.log");
    List<String> command = new ArrayList<>(List.of(ChildJvm.java(), "-Xmx384m"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:AOTCacheOutput=" + written));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "RELAY_DB_URL", "jdbc:postgresql://127.0.0.1:1/training",
                "WEBHOOK_TOKEN_LEADS", "training",
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "0",
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT", "0"));
    Process training = builder.start();
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> !training.isAlive() || Files.readString(log).contains("Listening on: http"));
      training.destroy();
      training.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      training.destroyForcibly();
    }
    if (!Files.exists(written)) {
      throw new IllegalStateException("the training wrote no cache; see " + log);
    }
    Files.move(written, CACHE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
