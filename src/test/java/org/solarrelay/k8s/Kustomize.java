package org.solarrelay.k8s;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Renders a folder of manifests as {@code kubectl apply -k} does, by the same program. */
public final class Kustomize {

  private Kustomize() {}

  /**
   * The objects of a folder with a kustomization. Where neither kubectl nor kustomize is installed
   * the test is skipped and says so.
   */
  public static Manifests render(Path folder) {
    Optional<List<String>> program = program();
    Assumptions.assumeTrue(
        program.isPresent(), "skipped: neither kubectl nor kustomize is installed");
    List<String> command =
        Stream.concat(program.orElseThrow().stream(), Stream.of(folder.toString())).toList();
    return Manifests.of(run(command));
  }

  private static Optional<List<String>> program() {
    return Stream.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"))
        .filter(command -> isInstalled(command.get(0)))
        .findFirst();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .anyMatch(Files::isExecutable);
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).start();
      CompletableFuture<String> complaints =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      String rendered = text(process.getInputStream());
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + complaints.join());
      }
      return rendered;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(java.io.InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
