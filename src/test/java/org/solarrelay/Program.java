package org.solarrelay;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Runs a program that is installed on this machine. */
public record Program(List<String> command) {

  public boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, command.get(0)))
        .anyMatch(Files::isExecutable);
  }

  /**
   * Runs the program and returns its output.
   *
   * @throws AssertionError if the exit code is not 0; the message has both outputs
   */
  public String run(Path folder, String input) {
    try {
      Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
      CompletableFuture<String> complaints =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      try (OutputStream to = process.getOutputStream()) {
        to.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String printed = text(process.getInputStream());
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + printed + complaints.join());
      }
      return printed;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
